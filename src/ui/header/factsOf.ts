import type { ActivityTable } from '../../core/activity/activityTable';
import type { Analysis } from '../../core/analysis';
import { toMinute, type Minute } from '../../core/activity/minute';
import type { HistoryLength } from '../../core/insights/insight';
import type { FileCounts, RecordCounts } from '../../core/ledger';

/** First and last complete minute over all accounts and Regions, half-open; null where the logs hold none. */
export function spanOf({
  coverage,
}: Pick<Analysis, 'coverage'>): { start: Minute; end: Minute } | null {
  const covered = coverage.filter(({ start, end }) => end > start);
  if (covered.length === 0) return null;
  return {
    start: toMinute(covered.reduce((least, { start }) => Math.min(least, start), Infinity)),
    end: toMinute(covered.reduce((most, { end }) => Math.max(most, end), 0)),
  };
}

/** Hours of logs from which an insight says as much as it can, and below which nothing is unusual yet. */
const USUAL_HISTORY = 36 * 60;
const LEAST_HISTORY = 3 * 60;

/** How much history the longest covered account and Region has. */
export function historyOf({ coverage }: Pick<Analysis, 'coverage'>): HistoryLength {
  const longest = coverage.reduce((most, { start, end }) => Math.max(most, end - start), 0);
  if (longest >= USUAL_HISTORY) return 'usual';
  return longest >= LEAST_HISTORY ? 'short' : 'none';
}

/** How often detection is wrong on ordinary traffic: false insights per series and day, over 10^-severity (measured). */
const LONG_ARCHIVE = { days: 30, factor: 1.5 } as const;
const SHORT_ARCHIVE_FACTOR = 5;

/**
 * Insights to be expected by mere chance: series × days × 10^-severity × a measured factor, 1.4 to 1.7 for archives of
 * 30 days and more, about 5 for shorter ones.
 */
export function expectedByChance({ table, coverage, settings }: Analysis): number {
  const days = coverage.reduce((most, { start, end }) => Math.max(most, end - start), 0) / 1440;
  const factor = days >= LONG_ARCHIVE.days ? LONG_ARCHIVE.factor : SHORT_ARCHIVE_FACTOR;
  return countSeries(table) * days * 10 ** -settings.severity * factor;
}

/** Call series of write APIs and error series of all APIs. */
function countSeries({ apis, apiStart, errorCode }: ActivityTable): number {
  let series = 0;
  for (let api = 0; api < apis.eventName.length; api++) {
    const codes = new Set(errorCode.subarray(apiStart[api], apiStart[api + 1]));
    codes.delete(0);
    series += codes.size + (apis.readOnly[api] === 0 ? 1 : 0);
  }
  return series;
}

/** Files in = read + skipped. */
export const filesAddUp = ({ in: all, read, skipped }: Readonly<FileCounts>): boolean =>
  all === read + skipped;

/** Records in = the sum of what became of them. */
export const recordsAddUp = (records: Readonly<RecordCounts>): boolean =>
  records.in ===
  records.counted +
    records.otherManagement +
    records.data +
    records.otherKinds +
    records.duplicates +
    records.insights +
    records.unusable;
