import type { ActivityTable } from '../activity/activityTable';
import type { SeriesOptions } from '../activity/callSeries';
import { toMinute } from '../activity/minute';
import { EventSort } from '../cloudtrail/classify';
import { atOnce } from '../steps';
import { edgesOf } from './excludedSpans';
import { mutingOf, type Muting } from './muting';
import { isOn, type DetectionSettings } from './settings';
import { indexOfMinute, type MinuteSpan } from './statistics';

/** Shorter runs of rows are copied row by row. */
const LEAST_TO_SET = 16;
const EVER: MinuteSpan = { start: toMinute(0), end: toMinute(Infinity) };

/** What the settings leave of the calls of one API: all, none, or all but those of some callers. */
export type LeftOf = 'all' | 'none' | { readonly muted: Uint8Array };

/** The rows of a table that are judged under some settings. */
export class JudgedRows {
  /** Start and end of each span that is left out, joined where they overlap, ascending. */
  readonly edges: Uint32Array;
  readonly #mutings: readonly Muting[];
  /** Callers that several mutes leave out together, by the numbers of the mutes. */
  readonly #together = new Map<string, Uint8Array>();

  constructor(
    private readonly table: ActivityTable,
    private readonly settings: Pick<
      DetectionSettings,
      'mutes' | 'excludedSpans' | 'serviceEvents' | 'signIns'
    >,
  ) {
    this.edges = edgesOf(settings.excludedSpans);
    this.#mutings = settings.mutes.filter(isOn).flatMap((mute) => mutingOf(table, mute) ?? []);
  }

  /** Whether nothing is left out. */
  get areAll(): boolean {
    const { serviceEvents, signIns } = this.settings;
    return this.#mutings.length + this.edges.length === 0 && serviceEvents && signIns;
  }

  /** What mutes and sorts of event leave of an API, spans aside. */
  leftOf(api: number): LeftOf {
    const { serviceEvents, signIns } = this.settings;
    const sort = this.table.apis.sort[api];
    if (!serviceEvents && sort === EventSort.serviceEvent) return 'none';
    if (!signIns && sort === EventSort.signIn) return 'none';
    const own = Array.from(this.#mutings.keys()).filter((i) => this.#mutings[i].apis[api] === 1);
    if (own.length === 0) return 'all';
    return own.some((i) => this.#mutings[i].callers === null)
      ? 'none'
      : { muted: this.#mutedBy(own) };
  }

  /**
   * The table of the judged rows of these APIs, which ascend, under the same numbers of strings, APIs and callers; `within`
   * some minutes, where no others are looked at.
   */
  of(apis: readonly number[], within: MinuteSpan = EVER): ActivityTable {
    return atOnce(this.gather(apis, within));
  }

  /** The same, a small step at a time: who has other things to do may do them in between. */
  *gather(apis: readonly number[], within: MinuteSpan = EVER): Generator<void, ActivityTable> {
    const { table } = this;
    const apiStart = yield* this.starts(apis, within);
    const count = apiStart[apiStart.length - 1];
    const gathered = (column: Uint32Array) => this.#gatherColumn(column, apis, within, count);
    return {
      ...table,
      apiStart,
      minute: yield* gathered(table.minute),
      errorCode: yield* gathered(table.errorCode),
      caller: yield* gathered(table.caller),
      calls: yield* gathered(table.calls),
    };
  }

  /** Where the rows of each API start in that table. */
  *starts(apis: readonly number[], within: MinuteSpan = EVER): Generator<void, Uint32Array> {
    const starts = new Uint32Array(this.table.apiStart.length);
    let count = 0;
    let before = 0;
    for (const api of apis) {
      starts.fill(count, before, api + 1);
      this.#eachRun(api, within, (from, to) => (count += to - from));
      before = api + 1;
      yield;
    }
    return starts.fill(count, before);
  }

  *#gatherColumn(
    column: Uint32Array,
    apis: readonly number[],
    within: MinuteSpan,
    count: number,
  ): Generator<void, Uint32Array> {
    const rows = new Uint32Array(count);
    let at = 0;
    for (const api of apis) {
      this.#eachRun(api, within, (from, to) => {
        if (to - from < LEAST_TO_SET)
          for (let row = from; row < to; row++) rows[at + row - from] = column[row];
        else rows.set(column.subarray(from, to), at);
        at += to - from;
      });
      yield;
    }
    return rows;
  }

  /** Calls that are left out of the series they would count towards. */
  callsLeftOut({ readEvents }: SeriesOptions): number {
    const { apis, apiStart, errorCode, calls } = this.table;
    let left = 0;
    for (let api = 0; api + 1 < apiStart.length; api++) {
      if (this.edges.length === 0 && this.leftOf(api) === 'all') continue;
      const all = readEvents || apis.readOnly[api] === 0;
      const leaveOut = (from: number, to: number): void => {
        for (let row = from; row < to; row++) if (all || errorCode[row] !== 0) left += calls[row];
      };
      let next = apiStart[api];
      this.#eachRun(api, EVER, (from, to) => {
        leaveOut(next, from);
        next = to;
      });
      leaveOut(next, apiStart[api + 1]);
    }
    return left;
  }

  /** Visits the judged rows of an API within some minutes, as runs of rows that follow each other. */
  #eachRun(
    api: number,
    { start, end }: MinuteSpan,
    visit: (from: number, to: number) => void,
  ): void {
    const left = this.leftOf(api);
    if (left === 'none') return;
    const { apiStart, minute } = this.table;
    const minutes = minute.subarray(apiStart[api], apiStart[api + 1]);
    const rowAt = (at: number): number => apiStart[api] + indexOfMinute(minutes, at);
    let from = rowAt(start);
    for (let i = 0; i < this.edges.length && this.edges[i] < end; i += 2) {
      if (this.edges[i + 1] <= start) continue;
      this.#eachUnmuted(left, from, rowAt(this.edges[i]), visit);
      from = Math.max(from, rowAt(this.edges[i + 1]));
    }
    this.#eachUnmuted(left, from, rowAt(end), visit);
  }

  #eachUnmuted(
    left: Exclude<LeftOf, 'none'>,
    from: number,
    to: number,
    visit: (from: number, to: number) => void,
  ): void {
    if (left === 'all') {
      if (from < to) visit(from, to);
      return;
    }
    const { caller } = this.table;
    const isMuted = (row: number): boolean => left.muted[caller[row]] === 1;
    for (let row = from; row < to; row++) {
      if (isMuted(row)) continue;
      const first = row;
      while (row < to && !isMuted(row)) row++;
      visit(first, row);
    }
  }

  #mutedBy(mutings: readonly number[]): Uint8Array {
    if (mutings.length === 1) return this.#mutings[mutings[0]].callers!;
    const key = mutings.join();
    const known = this.#together.get(key);
    if (known) return known;
    const muted = new Uint8Array(this.table.callers.userIdentityArn.length);
    for (const i of mutings) {
      this.#mutings[i].callers!.forEach((is, caller) => (muted[caller] |= is));
    }
    this.#together.set(key, muted);
    return muted;
  }
}
