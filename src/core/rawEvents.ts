import { callSeriesOf, type SeriesKey } from './activity/callSeries';
import { MINUTES_PER_HOUR, type Minute, toMinute } from './activity/minute';
import type { Analysis } from './analysis';
import type { Insight } from './insights/insight';
import type { EventsWanted } from './read/collectRecords';
import type { ScopeSpan } from './read/scopeSpans';

/** Of the most severe insights the events are read without being asked for; of the others when somebody looks. */
export const MOST_INSIGHTS_READ = 100;

/** From so long an insight only the first minutes: a lasting change has millions of events, and its beginning tells. */
export const LONGEST_READ = MINUTES_PER_HOUR;

/**
 * The events an insight rests on, as AWS's console shows them: from a minute before its start to a minute after its
 * end, `end` being the first minute without it. Of long ones the first hour.
 */
export function eventsWantedOf({
  key,
  start,
  end,
}: Pick<Insight, 'key' | 'start' | 'end'>): EventsWanted {
  const to = Math.min(end + 1, start + LONGEST_READ);
  return { key, from: toMinute(start - 1), to: toMinute(to) };
}

/** Whether bytes with events in these spans hold any that are wanted. */
export const holdsWanted = (spans: readonly ScopeSpan[], { key, from, to }: EventsWanted) =>
  spans.some(
    ({ recipientAccountId, awsRegion, first, last }) =>
      first < to &&
      last >= from &&
      recipientAccountId === key.recipientAccountId &&
      awsRegion === key.awsRegion,
  );

/** How many events the logs hold in some minutes: of the series, and others of its account and Region. */
export function countWanted(
  { table, presence }: Pick<Analysis, 'table' | 'presence'>,
  { key, from, to }: EventsWanted,
): { readonly events: number; readonly others: number } {
  const series = callSeriesOf(table, key);
  const events = sumIn(series.minute, series.calls, from, to);
  const ofScope = presence.find((each) => isScopeOf(each, key));
  const all = ofScope ? sumIn(ofScope.minute, ofScope.events, from, to) : 0;
  return { events, others: all - events };
}

const isScopeOf = (
  { recipientAccountId, awsRegion }: Pick<SeriesKey, 'recipientAccountId' | 'awsRegion'>,
  key: SeriesKey,
): boolean => recipientAccountId === key.recipientAccountId && awsRegion === key.awsRegion;

const sumIn = (minutes: Uint32Array, counts: Uint32Array, from: Minute, to: Minute): number =>
  counts.reduce((sum, count, i) => sum + (minutes[i] >= from && minutes[i] < to ? count : 0), 0);
