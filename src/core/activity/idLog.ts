import type { ActivityPart } from './activityPart';
import type { CallGroups } from './callGroups';
import { joinIds } from './joinIds';
import { leaveToCollector } from './release';

type IdColumns = Required<ActivityPart['ids']>;

/** Ids come in chunks of half a megabyte, of which no copy is made when there are more; the first one is small. */
const CHUNK_IDS = 1 << 15;
const FIRST_IDS = 1 << 10;

/**
 * Which group of calls every event was counted in, by a 64-bit hash of (recipientAccountId, eventID), in the order they
 * came: 14 bytes an event. The ids themselves, about 100 bytes each, are not kept. Two different events share a hash with
 * probability n² / 2⁶⁵: 3 in a million for ten million events together, and then one call of ten million is left out.
 *
 * Which events came before is not asked until `settle`: a table of all ids would wait for memory with each of them.
 */
export class IdLog {
  private readonly full: IdColumns[] = [];
  private open = emptyColumns(FIRST_IDS);
  private count = 0;

  /** `origins`: the number of a set. */
  add(group: number, high: number, low: number, origins: number): void {
    if (this.count === this.open.low.length) this.openNext();
    const { open } = this;
    const at = this.count++;
    open.high[at] = high;
    open.low[at] = low;
    open.group[at] = group;
    open.origins[at] = origins;
  }

  /** Leaves each id once, and in `all`, where it counts as often as it came, one call of it. */
  settle(all: CallGroups, release = leaveToCollector): void {
    const chunks = this.takeAll();
    joinIds(all, chunks, (ids) => ids.appendTo(this), release);
    for (const chunk of chunks) release(Object.values(chunk));
  }

  /** Nearly in the order of `low`, once they are settled; `origins` is empty where all are 0. They are gone from here. */
  toColumns(release = leaveToCollector): IdColumns {
    const chunks = this.takeAll();
    const count = chunks.reduce((sum, { low }) => sum + low.length, 0);
    const joined = <Column extends Joinable>(column: Column, of: (chunk: IdColumns) => Column) => {
      let end = 0;
      for (const each of chunks.map(of)) {
        column.set(each, end);
        end += each.length;
        release([each]);
      }
      return column;
    };
    const hasOrigins = chunks.some(({ origins }) => origins.some((set) => set !== 0));
    return {
      high: joined(new Int32Array(count), ({ high }) => high),
      low: joined(new Int32Array(count), ({ low }) => low),
      group: joined(new Uint32Array(count), ({ group }) => group),
      origins: hasOrigins
        ? joined(new Uint16Array(count), ({ origins }) => origins)
        : new Uint16Array(),
    };
  }

  private takeAll(): IdColumns[] {
    const { open, count } = this;
    const chunks = [...this.full.splice(0), cut(open, count)];
    this.open = emptyColumns(FIRST_IDS);
    this.count = 0;
    return chunks;
  }

  private openNext(): void {
    this.full.push(this.open);
    this.open = emptyColumns(CHUNK_IDS);
    this.count = 0;
  }
}

type Joinable = Int32Array | Uint32Array | Uint16Array;

const emptyColumns = (ids: number): IdColumns => ({
  high: new Int32Array(ids),
  low: new Int32Array(ids),
  group: new Uint32Array(ids),
  origins: new Uint16Array(ids),
});

const cut = ({ high, low, group, origins }: IdColumns, ids: number): IdColumns => ({
  high: high.subarray(0, ids),
  low: low.subarray(0, ids),
  group: group.subarray(0, ids),
  origins: origins.subarray(0, ids),
});
