import { describe, expect, it } from 'vitest';
import { expectedAt, withExact } from '../../src/ui/timeline/expected';

describe('what was to be expected', () => {
  const about = {
    from: 100,
    level: Float64Array.of(1, 1, 2, 2),
    upper: Float64Array.of(7, 7, 9, 9),
  };

  it('takes exact limits for those that were about right, minutes apart from them stay', () => {
    const exact = { level: Float64Array.of(1, 2), upper: Float64Array.of(8, 10) };
    const known = withExact(about, 101, exact);
    expect([99, 100, 101, 102, 103].map((minute) => expectedAt(known, minute)?.upper)).toEqual([
      undefined,
      7,
      8,
      10,
      9,
    ]);
    expect(about.upper[1]).toBe(7);
  });
});
