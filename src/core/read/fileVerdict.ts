import type { SkipReason } from '../ledger';
import { Field, Kind } from './field';
import type { Damage, LogScanner } from './logScanner';
import type { RecordFields } from './recordFields';

/** A note names so many damaged places of one file, and counts the rest. */
const MOST_NAMED = 5;

/** What is noticed of one file while it is read, and what follows: whether it counts as read, and what is said of it. */
export class FileVerdict {
  /** Bytes, unpacked. */
  length = 0;
  /** Records and strangers that cannot be used. */
  unusable = 0;
  private isDigest = false;
  private isNotice = false;

  /** An object that is no record may tell what the file is instead of a log. */
  recognise(fields: RecordFields): void {
    this.isDigest ||= fields.has(Field.digestS3Object) && fields.has(Field.digestStartTime);
    this.isNotice ||= fields.kindOf(Field.s3ObjectKey) === Kind.nested;
  }

  /** Why the file is skipped; null when it is read: it holds records, or a sound list without any. */
  whySkipped(found: LogScanner, damage: string | null): [SkipReason, string] | null {
    const { records, hasList, strangers, damages } = found;
    const isEmptyList = hasList && strangers === 0 && damages.length === 0 && damage === null;
    if (records > 0 || isEmptyList) return null;
    if (this.isDigest) return ['digest file', 'holds hashes of log files, no events'];
    if (damage !== null) return ['damaged', damage];
    if (this.length === 0) return ['empty file', 'has no bytes'];
    if (hasList && damages.length > 0) return ['damaged', inWords(damages[0])];
    if (this.isNotice) return ['not a log file', 'tells where log files are, holds no events'];
    return ['not a log file', 'holds no CloudTrail record'];
  }

  /** What is to be known of a file that was read; empty when all is well. `damage`: why unpacking it ended early. */
  remarks({ damages, damageCount, textLines }: LogScanner, damage: string | null): string {
    const named = damages.slice(0, MOST_NAMED).map(inWords);
    const remarks = [
      damage,
      ...named,
      counted(damageCount - named.length, 'more damaged place'),
      counted(this.unusable, 'record', ' without usable time, source or name'),
      counted(textLines, 'line', ' of text without an event'),
    ];
    return remarks.filter((remark) => remark !== null).join('; ');
  }
}

const inWords = ({ offset, reason }: Damage): string => `at byte ${offset}: ${reason}`;

const counted = (count: number, thing: string, which = ''): string | null =>
  count > 0 ? `${count} ${thing}${count === 1 ? '' : 's'}${which}` : null;
