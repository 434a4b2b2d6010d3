import { MINUTES_PER_HOUR } from '../activity/minute';
import { deviationOf, countAtDeviation } from './deviation';
import { mergeFindings, type Episode, type Finding } from './episode';
import { extentAbove, withoutUsualEdges, type Span } from './extent';
import { LEAST_RECORD } from './hourRecords';
import { callsBetween, touchesGap } from './observedSeries';
import type { RecordTail } from './recordTail';
import { deviationAtSeverity, severityOf, type Reference } from './returnPeriod';
import {
  WINDOW_MINUTES,
  type LearntModel,
  type LearntWindow,
  type ModelWindow,
  type SeriesModel,
} from './seriesModel';

/** Below this deviation nothing is worth a second look, however calm the series. */
export const LEAST_DEVIATION = 3.5;
/** A minute beside an event belongs to it from here on. */
const LEAST_DEVIATION_BESIDE = 3.5;
/** Longer windows must be this much severer to lead: a short one tells the minutes better. */
const LENGTH_PENALTY = 0.25;

/** The level a count must clearly pass, besides being rare: 1.25 × or 1.5 × the expected calls, and two more. */
const factorOf = (minutes: number): number => (minutes === 1 ? 1.25 : 1.5);

export const isWorthALook = (observed: number, expected: number, minutes: number): boolean =>
  observed >= factorOf(minutes) * expected + 2;

/** From this deviation on a window is unusual at `severity`. */
export const leastUnusualDeviation = (reference: Reference, severity: number): number =>
  Math.max(LEAST_DEVIATION, deviationAtSeverity(reference, severity));

/** The smallest count in a window of `minutes` that reaches `deviation` and is worth a look. */
export const smallestUnusualCount = (
  deviation: number,
  expected: number,
  { minutes, dispersion }: Pick<ModelWindow, 'minutes' | 'dispersion'>,
  minimumCalls: number,
): number =>
  Math.max(
    minimumCalls,
    Math.ceil(factorOf(minutes) * expected + 2),
    countAtDeviation(deviation, expected, dispersion),
  );

/** So many times what a series does anyway: an event, however often the series has such. */
const FAR_RISE = 4;
const isFar = (deviation: number, { threshold }: Reference): boolean =>
  deviation >= FAR_RISE * Math.max(LEAST_RECORD, threshold);

/** By its distance from the level, not by severity: how far other events rise must not matter. */
export const risesFar = ({ reference, observed, expected, dispersion }: Finding): boolean =>
  reference !== null && isFar(deviationOf(observed, expected, dispersion), reference);

/**
 * Every rise of severity ≥ `floor`, or far, by any of the models of a series, one episode per event. An hour has one record:
 * what else happens in it is looked for beside the events that are found.
 */
export function findRises(models: readonly LearntModel[], floor: number): Episode[] {
  let last = models
    .flatMap((model) => model.windows.flatMap((window) => unusualRecords(model, window, floor)))
    .map(located);
  let found: readonly Finding[] = [];
  let episodes: readonly Episode[] = [];
  while (last.length > 0) {
    found = [...found, ...last].sort(byRank);
    episodes = mergeFindings(found, isRaised);
    last = last.flatMap((one) => unusualBeside(one, found, episodes, floor) ?? []).map(located);
  }
  return [...episodes];
}

/** A finding with the minutes that were unusual. */
export const located = (finding: Finding): Finding => ({ ...finding, extent: extentOf(finding) });

/** Those that lead first. */
export const byRank = (a: Finding, b: Finding): number =>
  rankOf(b) - rankOf(a) || a.decided.from - b.decided.from;

/** Only short windows tell single minutes: longer events may begin and end with a usual minute. */
const LONGEST_EXACT = 5;
/** Beside an event so much more than what the series does anyway is still nothing else. */
const USUAL_MARGIN = 1.1;

function extentOf({ model, decided }: Finding): Span {
  const { series, level, windows } = model;
  const extent = extentAbove(series, level, decided);
  const [{ minutes, dispersion, tail }] = windows;
  if (decided.to - decided.from > LONGEST_EXACT || minutes > 1) return extent;
  const { threshold, hours } = tail.referenceFor(hourOf(decided.from));
  if (hours === 0) return extent;
  return withoutUsualEdges(series, extent, (index) => {
    const expected = level.at(series.minute[index]);
    return deviationOf(series.calls[index], expected, dispersion) <= USUAL_MARGIN * threshold;
  });
}

function rankOf({ severity, decided }: Finding): number {
  const order = WINDOW_MINUTES.findIndex((minutes) => minutes >= decided.to - decided.from);
  return severity - LENGTH_PENALTY * order;
}

function unusualRecords(model: LearntModel, window: LearntWindow, floor: number): Finding[] {
  const { hour, deviation, start, end } = window.records;
  const least = Math.max(LEAST_DEVIATION, window.tail.certainlyUsual);
  const found: Finding[] = [];
  for (let i = 0; i < hour.length; i++) {
    if (deviation[i] < least) continue;
    const finding = findingOf(model, window, { from: start[i], to: end[i] }, floor);
    if (finding !== null) found.push(finding);
  }
  return found;
}

/** The most deviating window of the same hour, length and model that is no part of the same event. */
function unusualBeside(
  { model, decided, extent }: Finding,
  found: readonly Finding[],
  episodes: readonly Episode[],
  floor: number,
): Finding | null {
  const minutes = lengthOf(decided);
  const window = model.windows.find((one) => one.minutes === minutes)!;
  const event = episodes.map((one) => one.extent).filter((one) => meet(one, extent));
  const alike = found.filter((one) => one.model === model && lengthOf(one.decided) === minutes);
  const known = [...event, extent, ...alike.map((one) => one.decided)];
  const beside = recordBeside(model, window, hourOf(decided.from), known);
  return beside && findingOf(model, window, beside, floor);
}

/** A window that is unusual, or rises far, by an opinion; its minutes are not located yet. */
export function findingOf(
  model: SeriesModel,
  { minutes, dispersion, tail }: ModelWindow,
  decided: Span,
  floor: number,
): Finding | null {
  const observed = callsBetween(model.series, decided.from, decided.to);
  const expected = model.level.between(decided.from, decided.to);
  if (!isWorthALook(observed, expected, minutes)) return null;
  const deviation = deviationOf(observed, expected, dispersion);
  const reference = tail.referenceFor(hourOf(decided.from));
  const severity = severityOf(reference, deviation);
  if (severity < floor && !isFar(deviation, reference)) return null;
  return {
    rule: reference.hours === 0 ? 'first seen' : 'record',
    direction: 'above',
    severity,
    extent: decided,
    decided,
    observed,
    expected,
    dispersion,
    model,
    reference,
    comparedHours: reference.hours,
  };
}

function recordBeside(
  { series, level }: SeriesModel,
  { minutes, dispersion, tail }: ModelWindow,
  hour: number,
  known: readonly Span[],
): Span | null {
  let record = Math.max(LEAST_DEVIATION, tail.certainlyUsual);
  let beside: Span | null = null;
  for (let i = series.hourFirst[hour]; i < series.hourFirst[hour + 1]; i++) {
    const span = { from: series.minute[i], to: series.minute[i] + minutes };
    if (known.some((one) => meet(one, span))) continue;
    if (touchesGap(series, span.from, span.to)) continue;
    const observed = callsBetween(series, span.from, span.to);
    const deviation = deviationOf(observed, level.between(span.from, span.to), dispersion);
    if (deviation <= record) continue;
    record = deviation;
    beside = span;
  }
  return beside;
}

/** The same episode, none of its findings compared with other windows over it, where there are any but these. */
export function notAgainstItself({ extent, findings }: Episode): Episode {
  const event = {
    from: Math.min(...findings.map((one) => one.extent.from)),
    to: Math.max(...findings.map((one) => one.extent.to)),
  };
  return { extent, findings: findings.map((finding) => againstOthers(finding, event)) };
}

function againstOthers(finding: Finding, event: Span): Finding {
  const { rule, decided, observed, expected, dispersion, model } = finding;
  const { first, last } = hoursOver(decided, event);
  if (rule !== 'record' || first === last) return finding;
  const { tail } = model.windows.find(({ minutes }) => minutes === lengthOf(decided))!;
  const reference = referenceAround(tail, decided, event);
  const severity = severityOf(reference, deviationOf(observed, expected, dispersion));
  return { ...finding, severity, reference, comparedHours: reference.hours };
}

/** What a window is compared with: others than those over its event, where there are any. */
export function referenceAround(tail: RecordTail, decided: Span, event: Span): Reference {
  const { first, last } = hoursOver(decided, event);
  const reference = tail.referenceFor(first, last);
  return reference.hours === 0 ? tail.referenceFor(hourOf(decided.from)) : reference;
}

/** Windows over the event start in its hours or, the longer they are, before. */
function hoursOver(decided: Span, { from, to }: Span): { first: number; last: number } {
  const hour = hourOf(decided.from);
  return {
    first: Math.min(hour, hourOf(Math.max(0, from - lengthOf(decided) + 1))),
    last: Math.max(hour, hourOf(to - 1)),
  };
}

const meet = (a: Span, b: Span): boolean => a.from < b.to && b.from < a.to;
const lengthOf = ({ from, to }: Span): number => to - from;
const hourOf = (minute: number): number => Math.floor(minute / MINUTES_PER_HOUR);

/** Whether minutes beside an event stand out by themselves: above what as long a window of this series holds anyway. */
export function isRaised({ from, to }: Span, { model, dispersion }: Finding): boolean {
  const observed = callsBetween(model.series, from, to);
  const expected = model.level.between(from, to);
  if (observed < 3 || observed < 1.5 * expected) return false;
  const deviation = deviationOf(observed, expected, dispersion);
  if (deviation < LEAST_DEVIATION_BESIDE) return false;
  const asLong = model.windows.find(({ minutes }) => minutes >= to - from);
  const usual = asLong?.tail.referenceFor(hourOf(from)).threshold ?? 0;
  return deviation > USUAL_MARGIN * usual;
}
