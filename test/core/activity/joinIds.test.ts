import { describe, expect, it } from 'vitest';
import { CallGroups, emptyTables } from '../../../src/core/activity/callGroups';
import { IDS_AT_ONCE, joinIds } from '../../../src/core/activity/joinIds';
import { seededRandom } from '../../support/random';

const IDS = 3 * IDS_AT_ONCE;

/** Ids of one part, all counted in group 0, of one set of origins. */
function partOf(ids: readonly number[], origins: number) {
  return {
    high: Int32Array.from(ids, (id) => id % 7),
    low: Int32Array.from(ids),
    group: new Uint32Array(ids.length),
    origins: new Uint16Array(ids.length).fill(origins),
  };
}

describe('ids of several parts', () => {
  it('are found on whatever shelf they lie, in whatever order each part has them', () => {
    const random = seededRandom('shelves');
    const ids = Array.from({ length: IDS }, () => random.integer(0, 0xffffffff) | 0);
    const [left, right] = [ids.slice(0, (2 * IDS) / 3), ids.slice(IDS / 3).toReversed()].map(
      (part) => [...new Set(part)],
    );
    const isRight = new Set(right);
    const both = left.filter((id) => isRight.has(id)).length;
    const all = new CallGroups(emptyTables(), String);
    all.add(all.groups.indexOf(new Uint32Array(5)), left.length + right.length);
    const parts = [partOf(left, all.origins.alone('a')), partOf(right, all.origins.alone('b'))];
    const eventsBySet: number[] = [];
    let shelves = 0;
    joinIds(all, parts, (ids) => {
      ids.countBySet(eventsBySet);
      shelves++;
    });
    expect(shelves).toBeGreaterThan(1);

    expect(all.duplicates).toBe(both);
    expect([...all.callsByGroup()]).toEqual([left.length + right.length - both]);
    expect(eventsBySet).toEqual([left.length - both, right.length - both, both]);
  });
});
