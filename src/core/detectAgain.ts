import type { ActivityTable } from './activity/activityTable';
import type { Coverage } from './activity/coverage';
import { filterRows } from './activity/filterRows';
import type { Analysis } from './analysis';
import { bySeverity, findInsights } from './analyze';
import type { Insight } from './insights/insight';
import { LEAST_MINUTES } from './insights/insightWindowOf';
import { judgedTable, withoutSpans } from './insights/mutes';
import type { DetectionSettings } from './insights/settings';
import { coveredMinutesIn } from './insights/statistics';

/**
 * The insights of an analysis under other settings: what `findInsights` gives. Where the settings differ only in which
 * calls are left out, only the series that change are judged; a series' insights depend on nothing but its own calls.
 */
export function detectAgain(before: Analysis, settings: DetectionSettings): readonly Insight[] {
  const { table, coverage } = before;
  if (!differOnlyInCalls(before.settings, settings) || anyIsShort(coverage, settings)) {
    return findInsights(table, coverage, settings);
  }
  const changed = changedNames(
    table,
    judgedTable(table, before.settings),
    judgedTable(table, settings),
  );
  if (changed.size === 0) return before.insights;
  const isChanged = Array.from(table.apis.eventName, (_, api) => changed.has(nameOf(table, api)));
  const toJudge = filterRows(table, (api) => isChanged[api]);
  const kept = before.insights.filter(({ key }) => !changed.has(nameOfKey(key)));
  return [...kept, ...findInsights(toJudge, coverage, settings)].sort(bySeverity);
}

/** Whether everything is the same but for mutes and sorts of event; a reason is nothing that is judged by. */
function differOnlyInCalls(before: DetectionSettings, after: DetectionSettings): boolean {
  const rest = ({ mutes, serviceEvents, signIns, excludedSpans, ...rest }: DetectionSettings) =>
    JSON.stringify([
      Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)),
      excludedSpans.filter(({ off }) => !off).map(({ start, end }) => [start, end]),
    ]);
  return rest(before) === rest(after);
}

/** Under three hours of logs the largest bursts of all series are chosen together. */
const anyIsShort = (coverage: readonly Coverage[], { excludedSpans }: DetectionSettings): boolean =>
  coverage
    .map((each) => withoutSpans(each, excludedSpans))
    .some((each) => coveredMinutesIn(each, each) < LEAST_MINUTES);

/** Names of the APIs of which two tables, filtered from the same whole, hold other rows. */
function changedNames(
  whole: ActivityTable,
  before: ActivityTable,
  after: ActivityTable,
): ReadonlySet<string> {
  const changed = new Set<string>();
  for (let api = 0; api + 1 < whole.apiStart.length; api++) {
    if (!haveSameRows(before, after, api)) changed.add(nameOf(whole, api));
  }
  return changed;
}

/** Minute, error code and caller tell every row of an API from the others. */
function haveSameRows(a: ActivityTable, b: ActivityTable, api: number): boolean {
  const shift = b.apiStart[api] - a.apiStart[api];
  if (a.apiStart[api + 1] + shift !== b.apiStart[api + 1]) return false;
  for (let row = a.apiStart[api]; row < a.apiStart[api + 1]; row++) {
    if (
      a.minute[row] !== b.minute[row + shift] ||
      a.caller[row] !== b.caller[row + shift] ||
      a.errorCode[row] !== b.errorCode[row + shift]
    ) {
      return false;
    }
  }
  return true;
}

type ApiName = Pick<
  Insight['key'],
  'recipientAccountId' | 'awsRegion' | 'eventSource' | 'eventName'
>;

const nameOfKey = ({ recipientAccountId, awsRegion, eventSource, eventName }: ApiName): string =>
  JSON.stringify([recipientAccountId, awsRegion, eventSource, eventName]);

const nameOf = ({ apis, strings }: ActivityTable, api: number): string =>
  nameOfKey({
    recipientAccountId: strings[apis.recipientAccountId[api]],
    awsRegion: strings[apis.awsRegion[api]],
    eventSource: strings[apis.eventSource[api]],
    eventName: strings[apis.eventName[api]],
  });
