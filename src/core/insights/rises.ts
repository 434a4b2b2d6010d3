import { MINUTES_PER_HOUR } from '../activity/minute';
import { deviationOf, countAtDeviation } from './deviation';
import { mergeFindings, type Episode, type Finding } from './episode';
import { extentAbove, withoutUsualEdges, type Span } from './extent';
import { LEAST_RECORD } from './hourRecords';
import { callsBetween } from './observedSeries';
import { deviationAtSeverity, severityOf, type Reference } from './returnPeriod';
import { WINDOW_MINUTES, type ModelWindow, type SeriesModel } from './seriesModel';

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

/** Every rise of severity ≥ `floor`, or far, by any of the models of a series, one episode per event. */
export function findRises(models: readonly SeriesModel[], floor: number): Episode[] {
  const found = models.flatMap((model) =>
    model.windows.flatMap((window) => unusualRecords(model, window, floor)),
  );
  found.sort((a, b) => rankOf(b) - rankOf(a) || a.decided.from - b.decided.from);
  const located = found.map((finding) => ({ ...finding, extent: extentOf(finding) }));
  return mergeFindings(located, isRaised);
}

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

function unusualRecords(
  model: SeriesModel,
  { minutes, dispersion, tail }: ModelWindow,
  floor: number,
): Finding[] {
  const { series, level } = model;
  const { hour, deviation, start, end } = tail.records;
  const least = Math.max(LEAST_DEVIATION, tail.certainlyUsual);
  const found: Finding[] = [];
  for (let i = 0; i < hour.length; i++) {
    if (deviation[i] < least) continue;
    const decided = { from: start[i], to: end[i] };
    const observed = callsBetween(series, decided.from, decided.to);
    const expected = level.between(decided.from, decided.to);
    if (!isWorthALook(observed, expected, minutes)) continue;
    const reference = tail.referenceFor(hour[i]);
    const severity = severityOf(reference, deviation[i]);
    if (severity < floor && !isFar(deviation[i], reference)) continue;
    found.push({
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
    });
  }
  return found;
}

/** The same episode, none of its findings compared with other windows over it, where there are any but these. */
export function notAgainstItself({ extent, findings }: Episode): Episode {
  const event = {
    from: Math.min(...findings.map((one) => one.extent.from)),
    to: Math.max(...findings.map((one) => one.extent.to)),
  };
  return { extent, findings: findings.map((finding) => againstOthers(finding, event)) };
}

/** Windows over the event start in its hours or, the longer they are, before. */
function againstOthers(finding: Finding, { from, to }: Span): Finding {
  const { rule, decided, observed, expected, dispersion, model } = finding;
  const hour = hourOf(decided.from);
  const minutes = decided.to - decided.from;
  const first = Math.min(hour, hourOf(Math.max(0, from - minutes + 1)));
  const last = Math.max(hour, hourOf(to - 1));
  if (rule !== 'record' || first === last) return finding;
  const { tail } = model.windows.find((window) => window.minutes === minutes)!;
  const reference = tail.referenceFor(first, last);
  if (reference.hours === 0) return finding;
  const severity = severityOf(reference, deviationOf(observed, expected, dispersion));
  return { ...finding, severity, reference, comparedHours: reference.hours };
}

const hourOf = (minute: number): number => Math.floor(minute / MINUTES_PER_HOUR);

/** Whether minutes beside an event stand out by themselves: above what as long a window of this series holds anyway. */
function isRaised({ from, to }: Span, { model, dispersion }: Finding): boolean {
  const observed = callsBetween(model.series, from, to);
  const expected = model.level.between(from, to);
  if (observed < 3 || observed < 1.5 * expected) return false;
  const deviation = deviationOf(observed, expected, dispersion);
  if (deviation < LEAST_DEVIATION_BESIDE) return false;
  const asLong = model.windows.find(({ minutes }) => minutes >= to - from);
  const usual = asLong?.tail.referenceFor(hourOf(from)).threshold ?? 0;
  return deviation > USUAL_MARGIN * usual;
}
