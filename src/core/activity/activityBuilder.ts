import type { ActivityPart } from './activityPart';
import type { ByteText } from './byteText';
import { ApiColumn, CallGroups, GroupColumn, NO_CALLER } from './callGroups';
import { countsSoFar } from './countsSoFar';
import { Dictionary } from './dictionary';
import { IdHash } from './idHash';
import type { RowIndex } from './rowIndex';
import { sortStrings } from './sortedStrings';
import { gathered } from './sortRows';

/**
 * Counts the events of one reader. `intern` turns the bytes of a member into a number; then either `addCall` (events that
 * go into the table) or `addOther` (events that only show that logs were there).
 *
 * An event without an eventID (record versions before 1.01) is never taken for a duplicate: two calls in one second may
 * be equal in every member.
 */
export class ActivityBuilder {
  readonly strings = new Dictionary();
  private readonly calls = new CallGroups((ref) => this.strings.text(ref));
  private readonly api = new Uint32Array(5);
  private readonly caller = new Uint32Array(4);
  private readonly group = new Uint32Array(5);
  private readonly idHash = new IdHash();
  private withId = false;
  private unusable = 0;

  /** The number by which `from` knows something that was dropped, as `originOf` names it. */
  origin(name: string): number {
    return this.calls.origins.alone(name);
  }

  /** All events from now on come from this origin. */
  from(origin: number): void {
    this.calls.origins.current = origin;
  }

  /** Says which event the next `addCall` or `addOther` counts; without it the event has no eventID. */
  setEventId(account: number, text: ByteText, start: number, end: number): void {
    this.withId = start < end;
    if (this.withId) this.idHash.set(account, this.strings, text, start, end);
  }

  /** Numbers of strings, 0 for absent; minutes since the epoch; a mark by `toMark` with `Share.counted`; `toApiKind`. */
  addCall(
    mark: number,
    minute: number,
    account: number,
    region: number,
    source: number,
    name: number,
    apiKind: number,
    errorCode: number,
    userIdentityArn: number,
    userAgent: number,
    sourceIPAddress: number,
    accessKeyId: number,
  ): void {
    this.setApi(account, region, source, name, apiKind);
    this.caller[0] = userIdentityArn;
    this.caller[1] = userAgent;
    this.caller[2] = sourceIPAddress;
    this.caller[3] = accessKeyId;
    this.count(mark, minute, errorCode, this.calls.callers.indexOf(this.caller));
  }

  /** A read that succeeded: who made it is not kept, since Insights does not count it unless asked to. */
  addRead(
    mark: number,
    minute: number,
    account: number,
    region: number,
    source: number,
    name: number,
    apiKind: number,
  ): void {
    this.setApi(account, region, source, name, apiKind);
    this.count(mark, minute, 0, NO_CALLER);
  }

  /** An event of which only kind, place and minute are kept. */
  addOther(mark: number, minute: number, account: number, region: number): void {
    this.setApi(account, region, 0, 0, 0);
    this.count(mark, minute, 0, NO_CALLER);
  }

  /** Records that cannot be counted, because time, source or name is missing. */
  addUnusable(records: number): void {
    this.unusable += records;
  }

  /** Hands everything over; the builder is spent. */
  finish(): ActivityPart {
    return this.partOf(this.calls);
  }

  /** A copy of what is counted so far, see `countsSoFar`; the builder goes on. */
  soFar(withReads: boolean): ActivityPart {
    return this.partOf(countsSoFar(this.calls, (ref) => this.strings.text(ref), withReads));
  }

  private partOf(calls: CallGroups): ActivityPart {
    const { apis, callers, groups, ids, origins, duplicates } = calls;
    const { sorted, rank } = sortStrings(this.strings.toStrings());
    const toRank = (index: RowIndex, column: number) => gathered(rank, index.column(column));
    return {
      strings: sorted,
      apis: Object.values(ApiColumn).map((column) =>
        column === ApiColumn.kind ? apis.column(column) : toRank(apis, column),
      ),
      callers: [0, 1, 2, 3].map((column) => toRank(callers, column)),
      groups: Object.values(GroupColumn).map((column) =>
        column === GroupColumn.errorCode ? toRank(groups, column) : groups.column(column),
      ),
      calls: calls.callsByGroup(),
      ids: ids.toColumns(),
      origins: origins.finish(),
      duplicates,
      unusable: this.unusable,
    };
  }

  private setApi(account: number, region: number, source: number, name: number, apiKind: number) {
    this.api[ApiColumn.account] = account;
    this.api[ApiColumn.region] = region;
    this.api[ApiColumn.source] = source;
    this.api[ApiColumn.name] = name;
    this.api[ApiColumn.kind] = apiKind;
  }

  private count(mark: number, minute: number, errorCode: number, caller: number): void {
    this.group[GroupColumn.mark] = mark;
    this.group[GroupColumn.api] = this.calls.apis.indexOf(this.api);
    this.group[GroupColumn.minute] = minute;
    this.group[GroupColumn.errorCode] = errorCode;
    this.group[GroupColumn.caller] = caller;
    const group = this.calls.groups.indexOf(this.group);
    if (this.withId) this.calls.addEvent(group, this.idHash.high, this.idHash.low);
    else this.calls.add(group, 1);
    this.withId = false;
  }
}
