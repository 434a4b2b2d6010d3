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

/** All that is shown as the time of the logs: a minute begun at either end belongs to it, and one event is a minute. */
export function shownSpanOf({
  coverage,
}: Pick<Analysis, 'coverage'>): { start: Minute; end: Minute } | null {
  const known = coverage.filter(({ start }) => start > 0);
  if (known.length === 0) return null;
  const ends = known.map(({ start, end }) => Math.max(end, start + 1));
  return {
    start: toMinute(known.reduce((least, { start }) => Math.min(least, start), Infinity)),
    end: toMinute(ends.reduce((most, end) => Math.max(most, end), 0)),
  };
}

/** Events that detection counts: of reads that succeed only where they are wanted. */
export const countedEvents = ({
  ledger: { records },
  settings,
}: Pick<Analysis, 'ledger' | 'settings'>): number =>
  records.counted + (settings.readEvents ? records.otherManagement : 0);

/** Hours of logs from which an insight says as much as it can, and below which nothing is unusual yet. */
const USUAL_HISTORY = 36 * 60;
const LEAST_HISTORY = 3 * 60;

/** How much history the longest covered account and Region has. */
export function historyOf({ coverage }: Pick<Analysis, 'coverage'>): HistoryLength {
  const longest = coverage.reduce((most, { start, end }) => Math.max(most, end - start), 0);
  if (longest >= USUAL_HISTORY) return 'usual';
  return longest >= LEAST_HISTORY ? 'short' : 'none';
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
