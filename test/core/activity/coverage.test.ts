import { describe, expect, it } from 'vitest';
import type { Presence } from '../../../src/core/activity/activityTable';
import { coverageOf } from '../../../src/core/activity/coverage';

const START = 28_420_000;

function presenceOf(minutes: readonly number[], awsRegion = 'us-east-1'): Presence {
  return {
    recipientAccountId: '123456789012',
    awsRegion,
    minute: Uint32Array.from(minutes, (minute) => START + minute),
    events: new Uint32Array(minutes.length).fill(1),
  };
}

const range = (from: number, to: number, step = 1): number[] =>
  Array.from({ length: Math.ceil((to - from) / step) }, (_, i) => from + i * step);

describe('coverage', () => {
  it('drops the first and the last minute, which may be cut short', () => {
    const [{ start, end }] = coverageOf([presenceOf(range(0, 600))]);
    expect([start - START, end - START]).toEqual([1, 599]);
  });

  it('calls a pause much longer than any other missing logs', () => {
    const [{ gaps }] = coverageOf([presenceOf([...range(0, 500), ...range(620, 1200)])]);
    expect([...gaps].map((minute) => minute - START)).toEqual([500, 620]);
  });

  it('calls a pause of fifteen minutes silence', () => {
    const [{ gaps }] = coverageOf([presenceOf([...range(0, 500), ...range(514, 1200)])]);
    expect([...gaps]).toEqual([]);
  });

  it('claims no gap where there is less than one event in ten minutes', () => {
    const [{ gaps, silenceMeansSilence }] = coverageOf([presenceOf([...range(0, 5000, 20), 9000])]);
    expect(silenceMeansSilence).toBe(false);
    expect([...gaps]).toEqual([]);
  });

  it('of a Region hardly used is that of its account', () => {
    const busy = presenceOf([...range(0, 3000), ...range(3200, 6000)]);
    const [, quiet] = coverageOf([busy, presenceOf([4000, 4001], 'ap-south-1')]);
    expect([quiet.start - START, quiet.end - START]).toEqual([1, 5999]);
    expect([...quiet.gaps].map((minute) => minute - START)).toEqual([3000, 3200]);
  });

  it('marks the last quarter of an hour as incomplete', () => {
    const [{ end, incompleteFrom }] = coverageOf([presenceOf(range(0, 600))]);
    expect(end - incompleteFrom).toBe(15);
  });

  it('of a single minute is empty', () => {
    const [{ start, end }] = coverageOf([presenceOf([7])]);
    expect(end).toBe(start);
  });
});
