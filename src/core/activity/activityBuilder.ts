import type { ActivityPart } from './activityPart';
import type { ByteText } from './byteText';
import { ApiColumn, CallGroups, emptyTables, GroupColumn, NO_CALLER } from './callGroups';
import { countsSoFar } from './countsSoFar';
import { Dictionary } from './dictionary';
import { IdHash } from './idHash';
import { IdLog } from './idLog';
import { leaveToCollector, type Release } from './release';
import type { RowIndex } from './rowIndex';
import { sortPart } from './sortPart';
import { type Ranked, sortStrings } from './sortedStrings';
import { gathered, replaced } from './sortRows';

/**
 * Counts the events of one reader. `intern` turns the bytes of a member into a number; then either `addCall` (events that
 * go into the table) or `addOther` (events that only show that logs were there).
 *
 * An event without an eventID (record versions before 1.01) is never taken for a duplicate: two calls in one second may
 * be equal in every member.
 */
export class ActivityBuilder {
  readonly strings = new Dictionary();
  private readonly calls = new CallGroups(emptyTables(), (ref) => this.strings.text(ref));
  private readonly apiRow = new Uint32Array(5);
  private readonly caller = new Uint32Array(4);
  private readonly groupRow = new Uint32Array(5);
  private readonly ids = new IdLog();
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

  /** The number of an API, by numbers of strings and `toApiKind`; of a place, where source, name and kind are 0. */
  api(account: number, region: number, source: number, name: number, kind: number): number {
    this.apiRow[ApiColumn.account] = account;
    this.apiRow[ApiColumn.region] = region;
    this.apiRow[ApiColumn.source] = source;
    this.apiRow[ApiColumn.name] = name;
    this.apiRow[ApiColumn.kind] = kind;
    return this.calls.apis.indexOf(this.apiRow);
  }

  /** A mark by `toMark` with `Share.counted`; minutes since the epoch; numbers of strings, 0 for absent. */
  addCall(
    mark: number,
    minute: number,
    api: number,
    errorCode: number,
    userIdentityArn: number,
    userAgent: number,
    sourceIPAddress: number,
    accessKeyId: number,
  ): void {
    this.caller[0] = userIdentityArn;
    this.caller[1] = userAgent;
    this.caller[2] = sourceIPAddress;
    this.caller[3] = accessKeyId;
    this.count(mark, minute, api, errorCode, this.calls.callers.indexOf(this.caller));
  }

  /**
   * A read that succeeded: who made it is not kept, since Insights does not count it unless asked to. Or an event of
   * which only kind, place and minute are kept.
   */
  addOther(mark: number, minute: number, api: number): void {
    this.count(mark, minute, api, 0, NO_CALLER);
  }

  /** Records that cannot be counted, because time, source or name is missing. */
  addUnusable(records: number): void {
    this.unusable += records;
  }

  /** Hands everything over; the builder is spent. */
  finish(release = leaveToCollector): ActivityPart {
    const { calls, ids, strings } = this;
    for (const table of [calls.apis, calls.callers, calls.groups]) table.seal(release);
    ids.settle(calls, release);
    const ranked = sortStrings(strings.toStrings());
    strings.close(release);
    return this.partOf(calls, ids, ranked, release);
  }

  /** A copy of what is counted so far, see `countsSoFar`; the builder goes on. */
  soFar(withReads: boolean, release = leaveToCollector): ActivityPart {
    this.ids.settle(this.calls, release);
    const counts = countsSoFar(this.calls, (ref) => this.strings.text(ref), withReads);
    for (const table of [counts.apis, counts.callers, counts.groups]) table.seal(release);
    return this.partOf(counts, new IdLog(), sortStrings(this.strings.toStrings()), release);
  }

  /** Takes everything out of `calls` and `ids`. */
  private partOf(
    calls: CallGroups<RowIndex>,
    ids: IdLog,
    { sorted, rank }: Ranked,
    release: Release,
  ): ActivityPart {
    const { apis, callers, groups, origins, duplicates } = calls;
    const toRank = (column: Uint32Array) => replaced(column, gathered(rank, column), release);
    return sortPart(
      {
        strings: sorted,
        apis: apis
          .takeColumns(release)
          .map((column, which) => (which === ApiColumn.kind ? column : toRank(column))),
        callers: callers.takeColumns(release).map(toRank),
        groups: groups
          .takeColumns(release)
          .map((column, which) => (which === GroupColumn.errorCode ? toRank(column) : column)),
        calls: calls.callsByGroup(),
        ids: ids.toColumns(release),
        origins: origins.finish(),
        duplicates,
        unusable: this.unusable,
      },
      release,
    );
  }

  private count(
    mark: number,
    minute: number,
    api: number,
    errorCode: number,
    caller: number,
  ): void {
    const { calls, groupRow, idHash } = this;
    groupRow[GroupColumn.mark] = mark;
    groupRow[GroupColumn.api] = api;
    groupRow[GroupColumn.minute] = minute;
    groupRow[GroupColumn.errorCode] = errorCode;
    groupRow[GroupColumn.caller] = caller;
    const group = calls.groups.indexOf(groupRow);
    calls.add(group, 1);
    if (this.withId) this.ids.add(group, idHash.high, idHash.low, calls.origins.current);
    this.withId = false;
  }
}
