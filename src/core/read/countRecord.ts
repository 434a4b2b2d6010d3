import type { ActivityBuilder } from '../activity/activityBuilder';
import { Share, toApiKind, toMark } from '../activity/callGroups';
import { minuteOfBytes } from '../activity/minute';
import { RowIndex } from '../activity/rowIndex';
import { classify, type Classified } from '../cloudtrail/classify';
import { userIdentityLabel } from '../cloudtrail/userIdentity';
import { Field, FIELD_COUNT, Kind } from './field';
import type { RecordFields } from './recordFields';
import { sessionStart } from './sessionStart';
import { ScopeSpans } from './scopeSpans';

/** LIB's own order of where the account of a record stands (reference 3.3); aggregated events have `accountId`. */
export const ACCOUNT_FIELDS = [
  Field.recipientAccountId,
  Field.accountId,
  Field.identityAccountId,
  Field.issuerAccountId,
];

/** S3 and other notifications look like records, but their sources are `aws:s3`, not `s3.amazonaws.com`. */
export const isForeign = (eventSource: string): boolean => eventSource.startsWith('aws:');

/** Counts records: what kind each is, when and where it was, and for those that Insights analyses who called what. */
export class RecordCounter {
  readonly spans = new ScopeSpans();
  /** What decides what a record is, and where it belongs. */
  private readonly shapes = new RowIndex(8);
  private readonly shape = new Uint32Array(8);
  private readonly known: (KnownShape | null)[] = [];
  /** By field: the record before often holds the same. */
  private readonly lastRefs = new Uint32Array(FIELD_COUNT);

  constructor(private readonly builder: ActivityBuilder) {}

  /** Counts one record; its kind, or null when it cannot be used. */
  count(fields: RecordFields): Classified['kind'] | null {
    const known = this.shapeOf(fields);
    const minute = fields.has(Field.eventTime) ? minuteOf(fields) : -1;
    if (known === null || (known.needsAll && (minute < 0 || !known.hasAll))) {
      this.builder.addUnusable(1);
      return null;
    }
    this.add(fields, known, Math.max(minute, 0));
    return known.classified.kind;
  }

  private add(fields: RecordFields, known: KnownShape, minute: number): void {
    const { builder } = this;
    const { classified, account, region } = known;
    if (minute > 0) this.spans.add(account, region, minute);
    const isUpdate = this.setEventId(fields, account);
    const errorCode = this.ref(fields, Field.errorCode);
    const share = shareOf(classified, errorCode);
    const mark = toMark(share, isUpdate, classified.byFallback);
    if (known.api < 0) known.api = this.apiOf(known);
    if (share !== Share.counted) return builder.addOther(mark, minute, known.api);
    builder.addCall(
      mark,
      minute,
      known.api,
      errorCode,
      this.callerOf(fields),
      this.ref(fields, Field.userAgent),
      this.ref(fields, Field.sourceIPAddress),
      this.ref(fields, Field.accessKeyId),
    );
  }

  /** Of what is no management event only the place is kept. */
  private apiOf({ classified, account, region, source, name }: KnownShape): number {
    const { kind, sort } = classified;
    if (!isManagement(classified)) return this.builder.api(account, region, 0, 0, 0);
    const apiKind = toApiKind(kind === 'read management', sort);
    return this.builder.api(account, region, source, name, apiKind);
  }

  /** The number of a member's string; 0 when absent. */
  private ref(fields: RecordFields, field: Field): number {
    if (!fields.has(field)) return 0;
    const { strings } = this.builder;
    const text = fields.textOf(field);
    const start = fields.start[field];
    const end = fields.end[field];
    const last = this.lastRefs[field];
    if (strings.is(last, text, start, end)) return last;
    return (this.lastRefs[field] = strings.intern(text, start, end));
  }

  private accountOf(fields: RecordFields): number {
    for (const field of ACCOUNT_FIELDS) {
      const account = this.ref(fields, field);
      if (account !== 0) return account;
    }
    return 0;
  }

  /**
   * A record with an addendum `UPDATED_DATA` says once more, corrected, what an earlier one said: it counts as that one.
   * Returns whether it is such an update.
   */
  private setEventId(fields: RecordFields, account: number): boolean {
    const isUpdate =
      fields.has(Field.originalEventID) && fields.string(Field.addendumReason) === 'UPDATED_DATA';
    const field = isUpdate ? Field.originalEventID : Field.eventID;
    const length = fields.has(field) ? fields.end[field] - fields.start[field] : 0;
    const start = fields.start[field];
    this.builder.setEventId(account, fields.textOf(field), start, start + length);
    return isUpdate;
  }

  /** The label of `userIdentityLabel`; an ARN is cut where it stands, so that session names are never kept. */
  private callerOf(fields: RecordFields): number {
    const { strings } = this.builder;
    if (fields.has(Field.identityArn) && fields.kindOf(Field.identityArn) === Kind.text) {
      const start = fields.start[Field.identityArn];
      const end = sessionStart(fields.record.bytes, start, fields.end[Field.identityArn]);
      if (end > start) return strings.intern(fields.record, start, end);
    }
    return strings.internText(
      userIdentityLabel({
        type: fields.string(Field.identityType),
        arn: fields.string(Field.identityArn),
        accountId: fields.string(Field.identityAccountId),
        invokedBy: fields.string(Field.invokedBy),
        userName: fields.string(Field.userName),
        principalId: fields.string(Field.principalId),
        sessionIssuerArn: fields.string(Field.issuerArn),
      }),
    );
  }

  /** What a record is and where it belongs; null when it is none of CloudTrail's. Decided once for all records alike. */
  private shapeOf(fields: RecordFields): KnownShape | null {
    const { shape, known } = this;
    shape[0] = this.ref(fields, Field.eventSource);
    shape[1] = this.ref(fields, Field.eventName);
    shape[2] = this.ref(fields, Field.eventCategory);
    shape[3] = this.ref(fields, Field.eventType);
    shape[4] = flagOf(fields, Field.managementEvent);
    shape[5] = flagOf(fields, Field.readOnly);
    shape[6] = this.accountOf(fields);
    shape[7] = this.ref(fields, Field.awsRegion);
    const number = this.shapes.indexOf(shape);
    if (number === known.length) known.push(this.toKnown(shape));
    return known[number];
  }

  private toKnown(shape: Uint32Array): KnownShape | null {
    const [source, name, category, type, managementEvent, readOnly, account, region] = shape;
    const text = (ref: number) => this.builder.strings.text(ref);
    if (isForeign(text(source))) return null;
    const classified = classify({
      eventSource: text(source),
      eventName: text(name),
      eventCategory: text(category),
      eventType: text(type),
      managementEvent: FLAGS[managementEvent],
      readOnly: FLAGS[readOnly],
    });
    const hasAll = source !== 0 && name !== 0;
    const needsAll = isCall(classified);
    return { classified, account, region, source, name, needsAll, hasAll, api: -1 };
  }
}

/** What records with the same source, name, account, Region and kind have in common. */
interface KnownShape {
  readonly classified: Classified;
  /** Numbers of strings. */
  readonly account: number;
  readonly region: number;
  readonly source: number;
  readonly name: number;
  /** Whether it has to have a time, a source and a name; whether it has the latter two. */
  readonly needsAll: boolean;
  readonly hasAll: boolean;
  /** Its number in the builder; -1 until the first of them is counted. */
  api: number;
}

function shareOf({ kind }: Classified, errorCode: number): Share {
  if (kind === 'write management') return Share.counted;
  if (kind === 'read management') return errorCode === 0 ? Share.otherManagement : Share.counted;
  return kind === 'data' ? Share.data : kind === 'insight' ? Share.insights : Share.otherKinds;
}

const isManagement = ({ kind }: Classified): boolean =>
  kind === 'write management' || kind === 'read management';

/** Insights and aggregated events have no name of their own, and aggregated ones no time. */
const isCall = ({ kind }: Classified): boolean => kind !== 'insight' && kind !== 'other';

function minuteOf(fields: RecordFields): number {
  const { bytes } = fields.textOf(Field.eventTime);
  return minuteOfBytes(bytes, fields.start[Field.eventTime], fields.end[Field.eventTime]);
}

const FLAGS = [undefined, false, true];

/** 2 for `true`, 1 for `false`, also as texts and in any letter case; 0 for everything else. */
function flagOf(fields: RecordFields, field: Field): number {
  if (!fields.has(field)) return 0;
  const length = fields.end[field] - fields.start[field];
  const first = fields.textOf(field).bytes[fields.start[field]] | 0x20;
  return length === 4 && first === 0x74 ? 2 : length === 5 && first === 0x66 ? 1 : 0;
}
