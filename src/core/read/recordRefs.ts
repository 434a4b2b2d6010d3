import type { Dictionary } from '../activity/dictionary';
import { userIdentityLabel } from '../cloudtrail/userIdentity';
import { Field, FIELD_COUNT, Kind } from './field';
import type { RecordFields } from './recordFields';
import { sessionStart } from './sessionStart';

/** LIB's own order of where the account of a record stands (reference 3.3); aggregated events have `accountId`. */
export const ACCOUNT_FIELDS = [
  Field.recipientAccountId,
  Field.accountId,
  Field.identityAccountId,
  Field.issuerAccountId,
];

/** The numbers that the builder gives to the strings of a record; 0 where there is none. */
export class RecordRefs {
  /** By field: the record before often holds the same. */
  private readonly last = new Uint32Array(FIELD_COUNT);

  constructor(readonly strings: Dictionary) {}

  of(fields: RecordFields, field: Field): number {
    if (!fields.has(field)) return 0;
    const text = fields.textOf(field);
    const start = fields.start[field];
    const end = fields.end[field];
    const last = this.last[field];
    if (this.strings.is(last, text, start, end)) return last;
    return (this.last[field] = this.strings.intern(text, start, end));
  }

  ofAccount(fields: RecordFields): number {
    for (const field of ACCOUNT_FIELDS) {
      const account = this.of(fields, field);
      if (account !== 0) return account;
    }
    return 0;
  }

  /** The label of `userIdentityLabel`; an ARN is cut where it stands, so that session names are never kept. */
  ofCaller(fields: RecordFields): number {
    if (fields.has(Field.identityArn) && fields.kindOf(Field.identityArn) === Kind.text) {
      const start = fields.start[Field.identityArn];
      const end = sessionStart(fields.record.bytes, start, fields.end[Field.identityArn]);
      if (end > start) return this.strings.intern(fields.record, start, end);
    }
    return this.strings.internText(labelOf(fields));
  }
}

const labelOf = (fields: RecordFields): string =>
  userIdentityLabel({
    type: fields.string(Field.identityType),
    arn: fields.string(Field.identityArn),
    accountId: fields.string(Field.identityAccountId),
    invokedBy: fields.string(Field.invokedBy),
    userName: fields.string(Field.userName),
    principalId: fields.string(Field.principalId),
    sessionIssuerArn: fields.string(Field.issuerArn),
  });
