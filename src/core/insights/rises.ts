import { deviationOf } from './deviation';
import { mergeFindings, type Episode, type Finding } from './episode';
import { extentAbove, withoutUsualEdges } from './extent';
import { callsBetween } from './observedSeries';
import type { RecordTail } from './recordTail';
import { severityOf, type Reference } from './returnPeriod';
import { WINDOW_MINUTES, type LearntModel } from './seriesModel';
import { hourOf, lengthOf, meets, type Span } from './span';
import { unusualBeside, unusualRecords } from './unusualWindows';

/** A minute beside an event belongs to it from here on. */
const LEAST_DEVIATION_BESIDE = 3.5;
/** Longer windows must be this much severer to lead: a short one tells the minutes better. */
const LENGTH_PENALTY = 0.25;

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

/** A finding with the minutes that were unusual; those of a larger event nearby are not its own. */
export function located(finding: Finding): Finding {
  const extent = extentOf(finding);
  return { ...finding, extent: meets(extent, finding.decided) ? extent : finding.decided };
}

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
  if (lengthOf(decided) > LONGEST_EXACT || minutes > 1) return extent;
  const { threshold, hours } = tail.referenceFor(hourOf(decided.from));
  if (hours === 0) return extent;
  return withoutUsualEdges(series, extent, (index) => {
    const expected = level.at(series.minute[index]);
    return deviationOf(series.calls[index], expected, dispersion) <= USUAL_MARGIN * threshold;
  });
}

function rankOf({ severity, decided }: Finding): number {
  const order = WINDOW_MINUTES.findIndex((minutes) => minutes >= lengthOf(decided));
  return severity - LENGTH_PENALTY * order;
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
