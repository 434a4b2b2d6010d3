import type { ByteText } from '../activity/byteText';
import { KnownObjects, SLOTS, UNSEEN } from './knownObjects';
import { Field, FIELD_COUNT, Kind } from './field';
import type { RecordFields } from './recordFields';

const FIRST = Field.identityType;
const END = Field.issuerAccountId + 1;

/** Each `userIdentity` that came before, with where in it the fields stand. */
export class KnownIdentities {
  /** `{"type":"AssumedRole","principalId":"AROA`, and then come the role's number and the session's name. */
  private readonly objects = new KnownObjects(44, 80);
  private readonly kinds = new Uint8Array(SLOTS * FIELD_COUNT);
  private readonly starts = new Int16Array(SLOTS * FIELD_COUNT);
  private readonly ends = new Int16Array(SLOTS * FIELD_COUNT);
  private readonly wrapping = new Int16Array(SLOTS);

  /** Sets the fields of a known object that opens at `open`: the position after it, or UNSEEN. */
  recall(text: ByteText, open: number, end: number, fields: RecordFields): number {
    const slot = this.objects.find(text, open, end);
    if (slot === UNSEEN) return UNSEEN;
    fields.forget(FIRST, END);
    const base = slot * FIELD_COUNT;
    for (let at = base + FIRST; at < base + END; at++) {
      const kind = this.kinds[at] as Kind;
      if (kind === Kind.absent) continue;
      fields.set(at - base, kind, open + this.starts[at], open + this.ends[at]);
    }
    fields.wrapping += this.wrapping[slot];
    return open + this.objects.lengthAt(slot);
  }

  /** Keeps what was read of the object in [open, after), unless a text of it had to be unescaped. */
  add(text: ByteText, open: number, after: number, fields: RecordFields, wrapping: number): void {
    for (let field: number = FIRST; field < END; field++) {
      if (fields.kindOf(field) === Kind.escaped) return;
    }
    const slot = this.objects.add(text, open, after);
    if (slot === UNSEEN) return;
    for (let field: number = FIRST; field < END; field++) {
      const at = slot * FIELD_COUNT + field;
      this.kinds[at] = fields.kindOf(field);
      this.starts[at] = fields.start[field] - open;
      this.ends[at] = fields.end[field] - open;
    }
    this.wrapping[slot] = wrapping;
  }
}
