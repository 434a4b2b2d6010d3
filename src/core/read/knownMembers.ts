import type { ByteText } from '../activity/byteText';
import { FIELD_COUNT, Kind } from './field';
import { KnownBytes, SLOTS, UNSEEN } from './knownBytes';
import type { RecordFields } from './recordFields';

/** So many fields are kept of a run; a `userIdentity` has nine. */
const MOST_FIELDS = 12;

/**
 * Runs of members that came before, with the fields that stand in them and where. Equal bytes up to a closing brace are
 * equal members that end at the same place, so nothing else has to be looked at.
 */
export class KnownMembers {
  private readonly runs: KnownBytes;
  private readonly counts = new Uint8Array(SLOTS);
  private readonly fields = new Uint8Array(SLOTS * MOST_FIELDS);
  private readonly kinds = new Uint8Array(SLOTS * MOST_FIELDS);
  private readonly starts = new Int16Array(SLOTS * MOST_FIELDS);
  private readonly ends = new Int16Array(SLOTS * MOST_FIELDS);
  private readonly wrapping = new Int16Array(SLOTS);

  /** `places`: see KnownBytes. */
  constructor(places: readonly number[]) {
    this.runs = new KnownBytes(places);
  }

  /** Sets the fields of a known run that begins at `start`: the position after it, or UNSEEN. */
  recall(text: ByteText, start: number, end: number, fields: RecordFields): number {
    const slot = this.runs.find(text, start, end);
    if (slot === UNSEEN) return UNSEEN;
    const first = slot * MOST_FIELDS;
    for (let at = first; at < first + this.counts[slot]; at++) {
      const kind = this.kinds[at] as Kind;
      fields.set(this.fields[at], kind, start + this.starts[at], start + this.ends[at]);
    }
    fields.wrapping += this.wrapping[slot];
    return start + this.runs.lengthAt(slot);
  }

  /**
   * Keeps what was read of the run in [start, after), unless a text of the record had to be unescaped. `wrapping`: how
   * many of the run's members hold what could hold records.
   */
  add(text: ByteText, start: number, after: number, fields: RecordFields, wrapping: number): void {
    const found = fieldsIn(fields, start);
    if (found === null) return;
    const slot = this.runs.add(text, start, after);
    if (slot === UNSEEN) return;
    found.forEach((field, i) => {
      const at = slot * MOST_FIELDS + i;
      this.fields[at] = field;
      this.kinds[at] = fields.kindOf(field);
      this.starts[at] = fields.start[field] - start;
      this.ends[at] = fields.end[field] - start;
    });
    this.counts[slot] = found.length;
    this.wrapping[slot] = wrapping;
  }
}

/** The fields read from `start` on; null when they cannot be told, or are too many. */
function fieldsIn(fields: RecordFields, start: number): number[] | null {
  const found: number[] = [];
  for (let field = 0; field < FIELD_COUNT; field++) {
    const kind = fields.kindOf(field);
    if (kind === Kind.escaped) return null;
    if (kind !== Kind.absent && fields.start[field] >= start) found.push(field);
  }
  return found.length <= MOST_FIELDS ? found : null;
}
