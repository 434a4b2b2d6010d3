import type { ActivityBuilder } from '../activity/activityBuilder';
import { Share, toApiKind, toMark } from '../activity/callGroups';
import { minuteOfBytes } from '../activity/minute';
import type { Classified } from '../cloudtrail/classify';
import { Field } from './field';
import type { RecordFields } from './recordFields';
import { RecordRefs } from './recordRefs';
import { type KnownShape, RecordShapes } from './recordShapes';
import { ScopeSpans } from './scopeSpans';

/** Counts records: what kind each is, when and where it was, and for those that Insights analyses who called what. */
export class RecordCounter {
  readonly spans = new ScopeSpans();
  private readonly refs: RecordRefs;
  private readonly shapes: RecordShapes;

  constructor(private readonly builder: ActivityBuilder) {
    this.refs = new RecordRefs(builder.strings);
    this.shapes = new RecordShapes(this.refs);
  }

  /** Counts one record; its kind, or null when it cannot be used. */
  count(fields: RecordFields): Classified['kind'] | null {
    const known = this.shapes.of(fields);
    const minute = fields.has(Field.eventTime) ? minuteOf(fields) : -1;
    if (known === null || (known.needsAll && (minute < 0 || !known.hasAll))) {
      this.builder.addUnusable(1);
      return null;
    }
    this.add(fields, known, Math.max(minute, 0));
    return known.classified.kind;
  }

  private add(fields: RecordFields, known: KnownShape, minute: number): void {
    const { builder, refs } = this;
    const { classified, account, region } = known;
    if (minute > 0) this.spans.add(account, region, minute);
    const isUpdate = this.setEventId(fields, account);
    const errorCode = refs.of(fields, Field.errorCode);
    const share = shareOf(classified, errorCode);
    const mark = toMark(share, isUpdate, classified.byFallback);
    if (known.api < 0) known.api = this.apiOf(known);
    if (share !== Share.counted) return builder.addOther(mark, minute, known.api);
    builder.addCall(
      mark,
      minute,
      known.api,
      errorCode,
      refs.ofCaller(fields),
      refs.of(fields, Field.userAgent),
      refs.of(fields, Field.sourceIPAddress),
      refs.of(fields, Field.accessKeyId),
    );
  }

  /** Of what is no management event only the place is kept. */
  private apiOf({ classified, account, region, source, name }: KnownShape): number {
    const { kind, sort } = classified;
    if (!isManagement(classified)) return this.builder.api(account, region, 0, 0, 0);
    const apiKind = toApiKind(kind === 'read management', sort);
    return this.builder.api(account, region, source, name, apiKind);
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
}

function shareOf({ kind }: Classified, errorCode: number): Share {
  if (kind === 'write management') return Share.counted;
  if (kind === 'read management') return errorCode === 0 ? Share.otherManagement : Share.counted;
  return kind === 'data' ? Share.data : kind === 'insight' ? Share.insights : Share.otherKinds;
}

const isManagement = ({ kind }: Classified): boolean =>
  kind === 'write management' || kind === 'read management';

function minuteOf(fields: RecordFields): number {
  const { bytes } = fields.textOf(Field.eventTime);
  return minuteOfBytes(bytes, fields.start[Field.eventTime], fields.end[Field.eventTime]);
}
