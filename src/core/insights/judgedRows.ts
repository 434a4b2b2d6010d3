import type { ActivityTable } from '../activity/activityTable';
import { toMinute } from '../activity/minute';
import { EventSort } from '../cloudtrail/classify';
import { edgesOf } from './excludedSpans';
import type { Span } from './extent';
import { mutingOf, type Muting } from './muting';
import { isOn, type DetectionSettings } from './settings';
import { indexOfMinute, type MinuteSpan } from './statistics';

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
    const { table } = this;
    const rows = apis.map((api) => this.#rowsOf(api, within));
    const kept = new Uint32Array(rows.reduce((sum, { from, to }) => sum + to - from, 0));
    const apiStart = new Uint32Array(table.apiStart.length);
    let count = 0;
    let before = 0;
    for (const [i, api] of apis.entries()) {
      apiStart.fill(count, before, api + 1);
      count = this.#keep(api, rows[i], kept, count);
      before = api + 1;
    }
    apiStart.fill(count, before);
    const gathered = (column: Uint32Array): Uint32Array => {
      const rows = new Uint32Array(count);
      for (let i = 0; i < count; i++) rows[i] = column[kept[i]];
      return rows;
    };
    return {
      ...table,
      apiStart,
      minute: gathered(table.minute),
      errorCode: gathered(table.errorCode),
      caller: gathered(table.caller),
      calls: gathered(table.calls),
    };
  }

  #rowsOf(api: number, { start, end }: MinuteSpan): Span {
    const { apiStart, minute } = this.table;
    const minutes = minute.subarray(apiStart[api], apiStart[api + 1]);
    const first = apiStart[api];
    return { from: first + indexOfMinute(minutes, start), to: first + indexOfMinute(minutes, end) };
  }

  /** Puts the judged ones of some rows of an API behind the `count` in `kept`; how many are there then. */
  #keep(api: number, { from, to }: Span, kept: Uint32Array, count: number): number {
    const { edges, table } = this;
    const { minute, caller } = table;
    const left = this.leftOf(api);
    if (left === 'none') return count;
    const muted = left === 'all' ? null : left.muted;
    /** A row lies in a span when an odd number of edges stands at or before its minute. */
    let edge = 0;
    for (let row = from; row < to; row++) {
      while (edge < edges.length && edges[edge] <= minute[row]) edge++;
      if (edge % 2 === 0 && (muted === null || muted[caller[row]] === 0)) kept[count++] = row;
    }
    return count;
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
