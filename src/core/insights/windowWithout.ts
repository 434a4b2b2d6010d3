import { ComparedHours } from './comparedHours';
import type { KeptOpinion, KeptWindow } from './keptOpinion';
import { keepHours } from './rankedRecords';
import { RecordTail, type TailShape } from './recordTail';
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
    const { kept, opinion, isTouched } = this;
    return (this.#tail ??= isTouched
      ? tailOutside(hoursMet(this.without.spans, kept), kept, opinion, this.shape)
      : tailOutside([], kept, opinion, opinion.shape));
  }

  /** Records outside of that time that are of this severity or more without it. */
  unusual(severity: number): Span[] {
    const { start, deviation } = this.kept;
    if (!this.isTouched || !(deviation[0] >= LEAST_DEVIATION)) return [];
    const least = Math.max(LEAST_DEVIATION, this.tail.leastReaching(severity));
    const found: Span[] = [];
    for (let i = 0; deviation[i] >= least; i++) {
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
  const left = new ComparedHours(hours, met).count;
  const share = exceedancesOf(hours.length) - exceedancesOf(left);
  const most = share + Math.sqrt(share);
  let telling = 0;
  for (let i = 0; telling <= most && deviation[i] >= leastTelling; i++) {
    const hour = hourOf(start[i]);
    if (isIn(met, hour) && !eventHours.has(hour)) telling++;
  }
  return telling > most;
}

/** What is compared with the hours outside of these. */
function tailOutside(
  met: readonly Span[],
  { minutes, start, deviation }: KeptWindow,
  { hours, eventHours }: KeptOpinion,
  shape: TailShape,
): RecordTail {
  const records = { hour: start.map(hourOf), deviation };
  const compared = keepHours(records, (hour) => !isIn(met, hour) && !eventHours.has(hour));
  return new RecordTail(compared, shape, minutes, new ComparedHours(hours, met));
}

const isIn = (spans: readonly Span[], hour: number): boolean =>
  spans.some(({ from, to }) => from <= hour && hour < to);
