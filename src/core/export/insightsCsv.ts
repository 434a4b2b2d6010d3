import { formatMinute } from '../activity/minute';
import type { Insight } from '../insights/insight';
import { toCsvCell } from './csv';
import { inTimeOrder } from './records';

type Column = readonly [name: string, of: (insight: Insight) => string | number];

/** What AWS's console lists, under the names of its records, and what finds an insight again. */
const COLUMNS: readonly Column[] = [
  ['eventName', ({ key }) => key.eventName],
  ['insightType', ({ insightType }) => insightType],
  ['eventSource', ({ key }) => key.eventSource],
  ['errorCode', ({ key }) => key.errorCode ?? ''],
  ['recipientAccountId', ({ key }) => key.recipientAccountId],
  ['awsRegion', ({ key }) => key.awsRegion],
  ['start', ({ start }) => formatMinute(start)],
  ['end', ({ end, ongoing }) => (ongoing ? '' : formatMinute(end))],
  ['insightDuration', ({ statistics }) => statistics.insightDuration],
  ['baselineAverage', ({ statistics }) => statistics.baseline.average],
  ['insightAverage', ({ statistics }) => statistics.insight.average],
  ['rateChange', rateChangeOf],
  ['direction', ({ direction }) => direction],
  ['severity', ({ severity }) => severity],
  ['history', ({ history }) => history],
  ['topUserIdentityArn', (insight) => topValue(insight, 'userIdentityArn')],
  ['topUserAgent', (insight) => topValue(insight, 'userAgent')],
  ['sharedEventID', ({ sharedEventID }) => sharedEventID],
];

/** The insights list as CSV, times as `2026-01-31T23:59:00Z`, averages in calls per minute; safe to open in a spreadsheet. */
export function insightsCsv(insights: readonly Insight[]): string {
  const header = COLUMNS.map(([name]) => name);
  const rows = inTimeOrder(insights).map((insight) =>
    COLUMNS.map(([, of]) => toCsvCell(String(of(insight)))),
  );
  return [header, ...rows].map((cells) => `${cells.join(',')}\n`).join('');
}

/** As the console shows it, insight over baseline: 300% is three times the baseline. Empty over a baseline of 0. */
function rateChangeOf({ statistics: { baseline, insight } }: Insight): string {
  if (baseline.average === 0) return '';
  return `${Number(((insight.average / baseline.average) * 100).toPrecision(6))}%`;
}

const topValue = ({ attributions }: Insight, attribute: string): string =>
  attributions.find((each) => each.attribute === attribute)?.insight[0]?.value ?? '';
