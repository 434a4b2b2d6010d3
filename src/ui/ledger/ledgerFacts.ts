import type { Coverage } from '../../core/activity/coverage';
import {
  STOPPED,
  type FileNote,
  type Ledger,
  type SkippedFile,
  type SkipReason,
} from '../../core/ledger';
import { formatCount, formatCounted, formatDuration } from '../format';

/** More names than anybody reads; all of them are in the exported ledger. */
export const MOST_NAMES = 500;

/** A kind of records in the sum of all that were read. */
export interface RecordTerm {
  readonly count: number;
  readonly name: string;
  readonly about: string;
}

/** What the records are that add up to all that were read. */
export const recordTerms = (records: Ledger['records']): readonly RecordTerm[] => [
  {
    count: records.counted,
    name: 'counted',
    about: 'write management events, and reads with an error code',
  },
  { count: records.otherManagement, name: 'other management', about: 'reads without an error' },
  { count: records.data, name: 'data', about: 'data events' },
  {
    count: records.otherKinds,
    name: 'other kinds',
    about: 'network activity and aggregated events',
  },
  { count: records.duplicates, name: 'duplicates', about: 'the same account and event ID again' },
  {
    count: records.insights,
    name: 'Insights',
    about: 'events written by CloudTrail Insights itself',
  },
  { count: records.unusable, name: 'unusable', about: 'no usable time, source or name' },
];

/** The end of a path that tells the file: its name, with the folder or archive it lies in. */
export const shortName = (path: string): string => path.split('/').slice(-2).join('/');

/** Digest files lie beside every trail and hold no events: no news. */
const NO_NEWS: readonly SkipReason[] = ['digest file', 'cancelled'];

/** What went wrong with files, a sentence each; one file alone is named, with what is wrong with it. */
export function lossWords({ files, skipped, notes }: Ledger): string[] {
  const news = skipped.filter(({ reason }) => !NO_NEWS.includes(reason));
  const isOther = ({ reason }: SkippedFile): boolean =>
    reason === 'not a log file' || reason === 'empty file';
  const all = formatCounted(files.in, 'file');
  const sentence = (which: readonly FileNote[], what: string, one = what): string =>
    which.length === 1
      ? `${shortName(which[0].name)} ${one}: ${which[0].detail}.`
      : `${formatCount(which.length)} of ${all} ${what}.`;
  const lost = news.filter((file) => !isOther(file));
  const partly = notes.filter(({ name, detail }) => name !== '' && !detail.endsWith(STOPPED));
  const others = news.filter(isOther);
  return [
    ...(lost.length > 0 ? [sentence(lost, 'could not be read')] : []),
    ...(partly.length > 0 ? [sentence(partly, 'could be read only in part')] : []),
    ...(others.length > 0
      ? [sentence(others, 'are no CloudTrail logs', 'is no CloudTrail log')]
      : []),
  ];
}

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

/** How much is missing of what an account and Region cover. */
export function missingWords({ gaps }: Pick<Coverage, 'gaps'>): string {
  const missing = missingMinutes({ gaps });
  if (missing === 0) return 'nothing';
  const count = gaps.length / 2;
  return `${formatDuration(missing)} in ${count === 1 ? 'one gap' : `${formatCount(count)} gaps`}`;
}
