import { describe, expect, it } from 'vitest';
import type { ListedInsight } from '../../../src/core/insights/listedInsights';
import { handOver, takeIn } from '../../../src/worker/analyzing/handOver';

const insight = (place: number) =>
  ({ sharedEventID: `${place}`, explanation: { limit: Infinity } }) as ListedInsight;

describe('what is handed over in pieces', () => {
  it.each([0, 1, 250, 1001])('is taken in whole and in order: %i insights', async (count) => {
    const whole = {
      id: 'a',
      insights: Array.from({ length: count }, (_, place) => insight(place)),
    };
    expect(await takeIn(handOver(whole))).toEqual(whole);
  });

  it.each([1, 10_000, 20_001])('so are the strings of a table: %i of them', async (count) => {
    const strings = Array.from({ length: count }, (_, place) => `text ${place}`);
    const whole = { id: 'a', insights: [insight(0)], table: { strings, calls: [1] } };
    expect(await takeIn(handOver(whole))).toEqual(whole);
  });
});
