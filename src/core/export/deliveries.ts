import type { Insight } from '../insights/insight';
import { recordsOf } from './records';

/** One entry of a `PutEvents` request. */
export interface PutEventsEntry {
  readonly Time: string;
  readonly Source: string;
  readonly DetailType: string;
  readonly Resources: readonly string[];
  /** The Insights record as JSON text. */
  readonly Detail: string;
}

/** EventBridge takes so many entries in one request. */
const ENTRIES_PER_REQUEST = 10;

/** Of AWS's own envelope everything but the source: sources that begin with `aws.` are AWS's alone, PutEvents refuses them. */
const SOURCE = 'trailglass';
const DETAIL_TYPE = 'AWS Insight via CloudTrail';

/** The records as EventBridge entries, in requests of at most ten. */
export function putEventsRequests(insights: readonly Insight[]): { Entries: PutEventsEntry[] }[] {
  const entries = recordsOf(insights).map((record): PutEventsEntry => ({
    Time: record.eventTime,
    Source: SOURCE,
    DetailType: DETAIL_TYPE,
    Resources: [],
    Detail: JSON.stringify(record),
  }));
  const requests: { Entries: PutEventsEntry[] }[] = [];
  for (let at = 0; at < entries.length; at += ENTRIES_PER_REQUEST) {
    requests.push({ Entries: entries.slice(at, at + ENTRIES_PER_REQUEST) });
  }
  return requests;
}

/** One `PutEvents` request a line: each line is what `aws events put-events --cli-input-json` takes. */
export const putEventsLines = (insights: readonly Insight[]): string =>
  putEventsRequests(insights)
    .map((request) => `${JSON.stringify(request)}\n`)
    .join('');

/** One record a line: the messages that CloudTrail writes to a CloudWatch Logs group. */
export const logLines = (insights: readonly Insight[]): string =>
  recordsOf(insights)
    .map((record) => `${JSON.stringify(record)}\n`)
    .join('');
