import { describe, expect, it } from 'vitest';
import { seededRandom } from './random';

describe('seededRandom', () => {
  it('draws the numbers that the published yardstick of the detector starts with', () => {
    const random = seededRandom('golden');
    const drawn = [random.unit(), random.unit(), random.unit()];
    expect(drawn.map((value) => value.toFixed(9))).toEqual([
      '0.826744323',
      '0.128838054',
      '0.192581641',
    ]);
  });

  it.each([0.5, 4, 29, 31, 400])('draws Poisson counts whose mean and variance are %d', (mean) => {
    const random = seededRandom(`poisson ${mean}`);
    const counts = Array.from({ length: 20_000 }, () => random.poisson(mean));
    const average = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    const variance = counts.reduce((sum, count) => sum + (count - average) ** 2, 0) / counts.length;
    expect(average / mean).toBeCloseTo(1, 1);
    expect(variance / mean).toBeCloseTo(1, 1);
  });

  it('draws negative binomial counts of variance mean + mean² / shape', () => {
    const random = seededRandom('negative binomial');
    const counts = Array.from({ length: 40_000 }, () => random.negativeBinomial(20, 5));
    const average = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    const variance = counts.reduce((sum, count) => sum + (count - average) ** 2, 0) / counts.length;
    expect(average / 20).toBeCloseTo(1, 1);
    expect(variance / 100).toBeCloseTo(1, 1);
  });
});
