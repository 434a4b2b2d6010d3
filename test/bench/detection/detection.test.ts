import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../support/random';
import { sharedData } from '../../support/sharedData';
import { ANCHORS, judgeAnchor } from './anchors';
import type { Label } from './anomalies';
import { FAMILIES, type Family } from './families';
import { makeSeries } from './generator';
import { measureSteps } from './lastingSteps';
import { measureLogGaps } from './logGaps';
import { judgeSplit } from './judge';
import { nabScore, readNab } from './nab';
import { exactShare, falseAlarms, hits, recallAt, shareOf } from './scorer';

/** Runs a labelled gap of a job lasts; its slack is the job's period and two minutes. */
const missedRunsOf = ({ type, from, to, slack }: Label): number =>
  type === 'gap' && slack > 2 ? Math.round((to - from) / (slack - 2)) : 0;

describe('the yardstick', () => {
  it('draws the same numbers as its reference form', () => {
    const random = seededRandom('golden');
    const drawn = [random.unit(), random.unit(), random.unit()].map((one) => one.toFixed(9));
    expect(drawn).toEqual(['0.826744323', '0.128838054', '0.192581641']);
  });

  it.each<[Family, number, number, number]>([
    ['cron', 28426951, 1876, 3518379081],
    ['bizhours', 28430121, 5657, 1705162230],
    ['dense', 28428079, 2472599, 3218206987],
    ['sparse', 28428189, 718, 166365176],
    ['errors', 28430972, 843, 3555395166],
    ['rare', 28429468, 0, 0],
  ])('makes the same week of %s', (family, start, calls, hash) => {
    const { start: madeStart, counts } = makeSeries(family, '7d', 'golden|0', []);
    let made = 0;
    counts.forEach((count, i) => (made = (Math.imul(made, 31) + count * ((i % 997) + 1)) >>> 0));
    expect([madeStart, counts.reduce((sum, count) => sum + count, 0), made]).toEqual([
      start,
      calls,
      hash,
    ]);
  });
});

describe('detection on a small share of split dev', () => {
  const { judged } = judgeSplit('dev', ['36h', '7d'], 1, 0.5);

  it('covers every family', () => {
    expect(new Set(judged.map(({ family }) => family)).size).toBe(FAMILIES.length + 1);
  });

  it('finds nearly half of all anomalies and most glaring ones at the default severity', () => {
    const { all, byStrength } = recallAt(judged, 3);
    expect(shareOf(all)).toBeGreaterThan(0.45);
    expect(shareOf(byStrength[3])).toBeGreaterThan(0.7);
  });

  it('raises few false alarms at the default severity', () => {
    expect(falseAlarms(judged, 3).mixed).toBeLessThan(9);
  });

  it('finds every three runs and more that a job missed', () => {
    const unnoticed = judged
      .filter(({ clean, family }) => !clean && family === 'cron')
      .flatMap(({ labels, predictions }) =>
        labels.filter(
          (label) =>
            missedRunsOf(label) >= 3 && !predictions.some((one) => one[2] >= 3 && hits(one, label)),
        ),
      );
    expect(unnoticed).toEqual([]);
  });

  it('takes no missing logs for silence', () => {
    const { gaps, causing } = measureLogGaps('dev', ['7d'], 3);
    expect(gaps).toBeGreaterThan(30);
    expect(causing).toBe(0);
  });

  it('tells nearly every level that doubled or halved for good in a month and more', () => {
    const { steps, found } = measureSteps('dev');
    expect(steps).toBeGreaterThan(30);
    expect(found / steps).toBeGreaterThan(0.9);
  });

  /** About 35 of each kind: one of them missed by more than a minute is already 3 %. */
  it('tells start and end of spikes and bursts to the minute', () => {
    const { minutes } = recallAt(judged, 3);
    for (const type of ['spike1', 'burst5', 'newburst'] as const) {
      expect(exactShare(minutes.get(type)?.start)).toBeGreaterThan(0.9);
      expect(exactShare(minutes.get(type)?.end)).toBeGreaterThan(0.9);
    }
  });
});

describe('the examples AWS documents', () => {
  const results = new Map(ANCHORS.map((anchor) => [anchor.name, judgeAnchor(anchor)]));

  it.each(['A1', 'A2', 'A3 (5 min)', 'A5', 'A7'])('%s is an insight at severity 2.5', (name) => {
    expect(results.get(name)?.found?.score).toBeGreaterThanOrEqual(2.5);
  });

  it.each(['A3 (2 min)', 'A6'])('%s is one at the severity that is about AWS’s', (name) => {
    expect(results.get(name)?.found?.score).toBeGreaterThanOrEqual(1.8);
  });

  it('A1 is exactly the minute 13:37', () => {
    const { found, expected } = results.get('A1')!;
    expect([found?.s, found?.e]).toEqual([expected.s, expected.e]);
  });

  it('no other window is found in any of them', () => {
    for (const { elsewhere } of results.values()) {
      expect(elsewhere.filter(({ score }) => score >= 2.5)).toEqual([]);
    }
  });
});

describe('the Numenta Anomaly Benchmark', () => {
  const folder = sharedData('series/nab');

  it.skipIf(folder === null)(
    'is scored by its own rules: silence is worth 0, alarms at window starts 100',
    () => {
      const corpus = readNab(folder!);
      expect(
        nabScore(corpus, ({ values }) => new Float64Array(values.length).fill(-Infinity)),
      ).toBeLessThanOrEqual(0.001);
      const oracle = nabScore(corpus, ({ values, windows }) => {
        const severities = new Float64Array(values.length).fill(-1);
        for (const [from] of windows) severities[from] = 1;
        return severities;
      });
      expect(oracle).toBeGreaterThan(98);
    },
  );

  it.skipIf(folder === null)('rates the return period as a causal stream at 60 and more', () => {
    expect(nabScore(readNab(folder!))).toBeGreaterThanOrEqual(60);
  });
});
