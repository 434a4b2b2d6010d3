import type { ActivityPart } from './activityPart';
import { grown } from './byteText';
import type { CallGroups } from './callGroups';
import { joinIds } from './joinIds';

type IdColumns = Required<ActivityPart['ids']>;

/**
 * Which group of calls every event was counted in, by a 64-bit hash of (recipientAccountId, eventID), in the order they
 * came: 14 bytes an event. The ids themselves, about 100 bytes each, are not kept. Two different events share a hash with
 * probability n² / 2⁶⁵: 3 in a million for ten million events together, and then one call of ten million is left out.
 *
 * Which events came before is not asked until `settle`: a table of all ids would wait for memory with each of them.
 */
export class IdLog {
  private high = new Int32Array(1 << 10);
  private low = new Int32Array(1 << 10);
  private group = new Uint32Array(1 << 10);
  private origins = new Uint16Array(1 << 10);
  private count = 0;

  /** `origins`: the number of a set. */
  add(group: number, high: number, low: number, origins: number): void {
    const at = this.count++;
    if (at === this.low.length) this.grow();
    this.high[at] = high;
    this.low[at] = low;
    this.group[at] = group;
    this.origins[at] = origins;
  }

  /** Leaves each id once, and in `all`, where it counts as often as it came, one call of it. */
  settle(all: CallGroups): void {
    const { high, low, group, origins, count } = this;
    this.high = new Int32Array(count);
    this.low = new Int32Array(count);
    this.group = new Uint32Array(count);
    this.origins = new Uint16Array(count);
    this.count = 0;
    const counted = {
      high: high.subarray(0, count),
      low: low.subarray(0, count),
      group: group.subarray(0, count),
      origins: origins.subarray(0, count),
    };
    joinIds(all, [counted], (ids) => ids.appendTo(this));
  }

  /** Nearly in the order of `low`, once they are settled; `origins` is empty where all are 0. */
  toColumns(): IdColumns {
    const { count } = this;
    const origins = this.origins.slice(0, count);
    return {
      high: this.high.slice(0, count),
      low: this.low.slice(0, count),
      group: this.group.slice(0, count),
      origins: origins.some((set) => set !== 0) ? origins : new Uint16Array(),
    };
  }

  private grow(): void {
    const { count } = this;
    this.high = grown(this.high, count);
    this.low = grown(this.low, count);
    this.group = grown(this.group, count);
    this.origins = grown(this.origins, count);
  }
}
