import { countAtDeviation, deviationOf } from './deviation';
import type { Episode, Finding } from './episode';
import { LEAST_RECORD } from './hourRecords';
import { callsBetween, touchesGap } from './observedSeries';
import { deviationAtSeverity, severityOf, type Reference } from './returnPeriod';
import type { LearntModel, LearntWindow, ModelWindow, SeriesModel } from './seriesModel';
import { hourOf, lengthOf, meets, type Span } from './span';

/** Below this deviation nothing is worth a second look, however calm the series. */
export const LEAST_DEVIATION = 3.5;

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

/** The records of a model's hours that are unusual, or rise far. */
export function unusualRecords(model: LearntModel, window: LearntWindow, floor: number): Finding[] {
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
export function unusualBeside(
  { model, decided, extent }: Finding,
  found: readonly Finding[],
  episodes: readonly Episode[],
  floor: number,
): Finding | null {
  const minutes = lengthOf(decided);
  const window = model.windows.find((one) => one.minutes === minutes)!;
  const event = episodes.map((one) => one.extent).filter((one) => meets(one, extent));
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
    if (known.some((one) => meets(one, span))) continue;
    if (touchesGap(series, span.from, span.to)) continue;
    const observed = callsBetween(series, span.from, span.to);
    const deviation = deviationOf(observed, level.between(span.from, span.to), dispersion);
    if (deviation <= record) continue;
    record = deviation;
    beside = span;
  }
  return beside;
}
