import { grown } from './byteText';
import type { EventIds } from './eventIds';
import { Origins } from './origins';
import { RowIndex, type RowTable } from './rowIndex';

/** What a de-duplicated event counts as in `RecordCounts`. */
export const Share = {
  counted: 0,
  otherManagement: 1,
  data: 2,
  otherKinds: 3,
  insights: 4,
} as const;
export type Share = (typeof Share)[keyof typeof Share];

/** Columns of a row of `CallGroups.apis`; the first four are numbers of strings. */
export const ApiColumn = { account: 0, region: 1, source: 2, name: 3, kind: 4 } as const;

/** Read or write, and above it the sort of event (`EventSort` of cloudtrail/classify), in one number. */
export const toApiKind = (readOnly: boolean, sort: number): number =>
  (sort << 1) | (readOnly ? 1 : 0);
export const isReadOnly = (kind: number): boolean => (kind & 1) === 1;
export const sortOf = (kind: number): number => kind >> 1;

/** Columns of a row of `CallGroups.groups`. */
export const GroupColumn = { mark: 0, api: 1, minute: 2, errorCode: 3, caller: 4 } as const;

/** `share`, and behind it what decides first which of two records with one eventID stays: the one with the lower mark. */
export const toMark = (share: Share, isUpdate: boolean, byFallback: boolean): number =>
  (isUpdate ? 0 : 16) | (byFallback ? 8 : 0) | share;
export const shareOf = (mark: number): Share => (mark & 7) as Share;
export const isByFallback = (mark: number): boolean => (mark & 8) !== 0;

/** The caller nobody is known of. */
export const NO_CALLER = 0;

/** What calls are grouped by; the first caller is `NO_CALLER`. */
export interface GroupTables<Table extends RowTable> {
  /** By `ApiColumn`. */
  readonly apis: Table;
  /** userIdentityArn, userAgent, sourceIPAddress, accessKeyId. */
  readonly callers: Table;
  /** By `GroupColumn`. */
  readonly groups: Table;
}

/** Tables that are still to be filled. */
export function emptyTables(): GroupTables<RowIndex> {
  const callers = new RowIndex(4);
  callers.indexOf(new Uint32Array(4));
  return { apis: new RowIndex(5), callers, groups: new RowIndex(5) };
}

/**
 * Events grouped by (mark, API, minute, errorCode, caller) and de-duplicated by (recipientAccountId, eventID).
 *
 * Two records with one id may still differ, because one of them was updated, or exported with fewer members. Then the
 * same one stays in whatever order they come: the update, then the one that says for itself what it is, then the one
 * that names more, then the smaller in text order.
 */
export class CallGroups<Table extends RowTable = RowTable> {
  readonly apis: Table;
  readonly callers: Table;
  readonly groups: Table;
  readonly origins = new Origins();
  duplicates = 0;
  private calls: Uint32Array;

  /** `text`: the string with a number. */
  constructor(
    { apis, callers, groups }: GroupTables<Table>,
    private readonly text: (ref: number) => string,
  ) {
    this.apis = apis;
    this.callers = callers;
    this.groups = groups;
    this.calls = new Uint32Array(Math.max(1 << 7, groups.size));
  }

  /** Counts calls; those of an event that came before are taken back by `joinEvent`. */
  add(group: number, calls: number): void {
    this.calls = grown(this.calls, group + 1);
    this.calls[group] += calls;
  }

  /** Joins an event to `ids` that is counted in its group already; when it is there, one of its calls is taken back. */
  joinEvent(ids: EventIds, group: number, high: number, low: number, origins: number): void {
    const place = ids.find(high, low);
    const before = ids.groupAt(place);
    if (before < 0) return ids.put(place, high, low, group, origins);
    this.duplicates++;
    ids.setOrigins(place, this.origins.join(ids.originsAt(place), origins));
    const isBetter = before !== group && this.compare(group, before) < 0;
    this.calls[isBetter ? before : group]--;
    if (isBetter) ids.move(place, group);
  }

  /** De-duplicated calls by group, not to be written to. */
  callsByGroup(): Uint32Array {
    this.calls = grown(this.calls, this.groups.size);
    return this.calls.subarray(0, this.groups.size);
  }

  private compare(a: number, b: number): number {
    const cell = (group: number, column: number) => this.groups.cell(group, column);
    return (
      cell(a, GroupColumn.mark) - cell(b, GroupColumn.mark) ||
      cell(a, GroupColumn.minute) - cell(b, GroupColumn.minute) ||
      this.compareCells(
        this.callers,
        cell(a, GroupColumn.caller),
        cell(b, GroupColumn.caller),
        4,
      ) ||
      this.compareText(cell(a, GroupColumn.errorCode), cell(b, GroupColumn.errorCode)) ||
      this.compareCells(this.apis, cell(a, GroupColumn.api), cell(b, GroupColumn.api), 4) ||
      this.apis.cell(cell(a, GroupColumn.api), ApiColumn.kind) -
        this.apis.cell(cell(b, GroupColumn.api), ApiColumn.kind)
    );
  }

  private compareCells(rows: RowTable, a: number, b: number, width: number): number {
    for (let column = 0; column < width; column++) {
      const order = this.compareText(rows.cell(a, column), rows.cell(b, column));
      if (order !== 0) return order;
    }
    return 0;
  }

  /** Text order, but what is absent comes last. */
  private compareText(a: number, b: number): number {
    if (a === b) return 0;
    if (a === 0 || b === 0) return a === 0 ? 1 : -1;
    return this.text(a) < this.text(b) ? -1 : 1;
  }
}
