import { describe, expect, it } from 'vitest';
import { CallGroups, emptyTables } from '../../../src/core/activity/callGroups';
import { EventIds } from '../../../src/core/activity/eventIds';
import { IDS_AT_ONCE, joinIds, shelvesFor } from '../../../src/core/activity/joinIds';
import { seededRandom } from '../../support/random';

const IDS = 3 * IDS_AT_ONCE;

/** Ids of one part, all counted in its group 0. */
function partOf(ids: readonly number[]) {
  return {
    high: Int32Array.from(ids, (id) => id % 7),
    low: Int32Array.from(ids),
    group: new Uint32Array(ids.length),
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
    const parts = [left, right].map(partOf);
    const shelves = shelvesFor(parts.map(({ low }) => low));
    expect(shelves).toBeGreaterThan(0);

    const all = new CallGroups(emptyTables(), String, new EventIds(IDS_AT_ONCE, shelves));
    const group = Uint32Array.of(all.groups.indexOf(new Uint32Array(5)));
    all.add(0, left.length + right.length);
    const sets = ['a', 'b'].map((name) => Uint16Array.of(all.origins.alone(name)));
    const eventsBySet = joinIds(
      all,
      parts.map((part, i) => ({ ids: part, group, sets: sets[i] })),
      shelves,
    );

    expect(all.duplicates).toBe(both);
    expect([...all.callsByGroup()]).toEqual([left.length + right.length - both]);
    expect(eventsBySet).toEqual([left.length - both, right.length - both, both]);
  });
});
