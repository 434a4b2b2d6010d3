import type { Coverage } from '../../core/activity/coverage';
import type { SkippedFile, SkipReason } from '../../core/ledger';

/** Skipped files counted by reason, the most frequent first. */
export function skippedByReason(
  skipped: readonly SkippedFile[],
): { reason: SkipReason; count: number }[] {
  const counts = new Map<SkipReason, number>();
  for (const { reason } of skipped) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .map(([reason, count]) => ({ reason, count }))
    .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
}

/** Minutes of missing logs between the first and the last. */
export function missingMinutes({ gaps }: Pick<Coverage, 'gaps'>): number {
  let missing = 0;
  for (let i = 0; i < gaps.length; i += 2) missing += gaps[i + 1] - gaps[i];
  return missing;
}
