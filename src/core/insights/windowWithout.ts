import { MINUTES_PER_HOUR } from '../activity/minute';
import type { KeptOpinion, KeptWindow } from './keptOpinion';
import { lowerBound, RecordTail, type TailShape } from './recordTail';
import { exceedancesOf, severityOf } from './returnPeriod';
import type { ModelWindow } from './seriesModel';
import { hourOf, type Span } from './span';
import { LEAST_DEVIATION } from './unusualWindows';
import { meetsAny, type Without } from './without';

/**
 * The records of one length without some time. Where it holds more than its share of those that tell what is unusual, all
 * of them are compared with the hours outside of it alone; elsewhere the series did then what it does at other times.
 */
export class WindowWithout implements ModelWindow {
  readonly isTouched: boolean;
  #tail: RecordTail | undefined;

  /** `shape` is that of the tail without that time; the records are told anew where their level was drawn anew. */
  constructor(
    private readonly kept: KeptWindow,
    private readonly opinion: KeptOpinion,
    private readonly shape: TailShape,
    private readonly without: Without,
    isRedrawn: boolean,
  ) {
    this.isTouched = isRedrawn || hasMoreThanItsShare(kept, opinion, hoursMet(without.spans, kept));
  }

  get minutes(): number {
    return this.kept.minutes;
  }

  get dispersion(): number {
    return this.kept.dispersion;
  }

  get tail(): RecordTail {
    return (this.#tail ??= this.isTouched
      ? tailOutside(hoursMet(this.without.spans, this.kept), this.kept, this.opinion, this.shape)
      : tailOutside([], this.kept, this.opinion, this.opinion.shape));
  }

  /** Records outside of that time that are of this severity or more without it. */
  unusual(severity: number): Span[] {
    const { start, deviation } = this.kept;
    if (!this.isTouched || !deviation.some((one) => one >= LEAST_DEVIATION)) return [];
    const least = Math.max(LEAST_DEVIATION, this.tail.leastReaching(severity));
    const found: Span[] = [];
    for (let i = 0; i < start.length; i++) {
      if (deviation[i] < least) continue;
      const decided = { from: start[i], to: start[i] + this.minutes };
      if (meetsAny(this.without.spans, decided)) continue;
      const reference = this.tail.referenceFor(hourOf(start[i]));
      if (severityOf(reference, deviation[i]) >= severity) found.push(decided);
    }
    return found;
  }
}

/** The hours in which windows that meet that time may start: disjoint, ascending. */
function hoursMet(spans: readonly Span[], { minutes }: KeptWindow): Span[] {
  const met: Span[] = [];
  for (const span of spans) {
    const from = hourOf(Math.max(0, span.from - minutes + 1));
    const to = hourOf(span.to - 1) + 1;
    const last = met.at(-1);
    if (last && from <= last.to) met[met.length - 1] = { from: last.from, to };
    else met.push({ from, to });
  }
  return met;
}

/** Whether more of the telling records start in these hours than a tail of the other hours does without. */
function hasMoreThanItsShare(
  { start, deviation, leastTelling }: KeptWindow,
  { hours, eventHours }: KeptOpinion,
  met: readonly Span[],
): boolean {
  let telling = 0;
  let left = hours.length;
  for (const { from, to } of met) {
    left -= lowerBound(hours, to) - lowerBound(hours, from);
    const end = to * MINUTES_PER_HOUR;
    for (
      let i = lowerBound(start, from * MINUTES_PER_HOUR);
      i < start.length && start[i] < end;
      i++
    )
      if (deviation[i] >= leastTelling && !eventHours.has(hourOf(start[i]))) telling++;
  }
  return telling > exceedancesOf(hours.length) - exceedancesOf(left);
}

/** What is compared with the hours outside of these. */
function tailOutside(
  met: readonly Span[],
  { minutes, start, deviation }: KeptWindow,
  { hours, eventHours }: KeptOpinion,
  shape: TailShape,
): RecordTail {
  const hour = new Int32Array(start.length);
  const compared = new Float64Array(start.length);
  let count = 0;
  let next = 0;
  for (let i = 0; i < start.length; i++) {
    const at = hourOf(start[i]);
    while (next < met.length && met[next].to <= at) next++;
    if ((next < met.length && met[next].from <= at) || eventHours.has(at)) continue;
    hour[count] = at;
    compared[count++] = deviation[i];
  }
  const records = { hour: hour.subarray(0, count), deviation: compared.subarray(0, count) };
  return new RecordTail(records, shape, minutes, outside(hours, met));
}

function outside(hours: Int32Array, met: readonly Span[]): Int32Array {
  const left = new Int32Array(hours.length);
  let count = 0;
  let next = 0;
  for (const { from, to } of [...met, { from: Infinity, to: Infinity }]) {
    const run = hours.subarray(next, lowerBound(hours, from));
    left.set(run, count);
    count += run.length;
    next = lowerBound(hours, to);
  }
  return left.subarray(0, count);
}
