import { ALLOWED, inject, sceneOf, type AnomalyType, type Label, type Scene } from './anomalies';
import { FIRST_MONDAY, isWeekend, localTime } from './calendar';
import { drawTraffic, FAMILIES, type Family, type Traffic } from './families';
import { seededRandom, type Random } from '../../support/random';
import { cleanSeries } from './traffic';

const DAY = 1440;

/** Archive lengths in minutes. */
export const LENGTHS = {
  '6h': 360,
  '36h': 2160,
  '7d': 10080,
  '30d': 43200,
  '90d': 129600,
} as const;
export type Length = keyof typeof LENGTHS;
export const ALL_LENGTHS = Object.keys(LENGTHS) as Length[];

export interface LabelledSeries {
  readonly id: string;
  readonly family: Family;
  readonly length: Length;
  readonly traffic: Traffic;
  /** Minute of the first count, since the epoch. */
  readonly start: number;
  readonly counts: Float64Array;
  readonly mask: Uint8Array | null;
  /** By start. */
  readonly labels: readonly Label[];
}

type Anomaly = readonly [type: AnomalyType, strength: number];

const CLEAN_SERIES: Readonly<Record<Length, number>> = {
  '6h': 400,
  '36h': 120,
  '7d': 40,
  '30d': 15,
  '90d': 12,
};
const MOST_ANOMALIES: Readonly<Record<Length, number>> = {
  '6h': 1,
  '36h': 1,
  '7d': 2,
  '30d': 4,
  '90d': 6,
};
const MOST_IN_RARE: Readonly<Record<Length, number>> = {
  '6h': 1,
  '36h': 1,
  '7d': 1,
  '30d': 1,
  '90d': 2,
};
const MOST_IN_SPARSE: Readonly<Record<Length, number>> = {
  '6h': 1,
  '36h': 1,
  '7d': 1,
  '30d': 2,
  '90d': 3,
};
const ATTEMPTS = 60;

/** Series in which nothing happens: every window found in them is a false alarm. */
export function* cleanShare(
  split: string,
  lengths: readonly Length[] = ALL_LENGTHS,
  share = 1,
  families: readonly Family[] = FAMILIES,
): Generator<LabelledSeries> {
  for (const family of families) {
    for (const length of lengths) {
      const count = Math.ceil(CLEAN_SERIES[length] * share);
      for (let i = 0; i < count; i++) yield makeSeries(family, length, `${split}|C${i}`, []);
    }
  }
}

/** Series with anomalies: every allowed type and strength `repetitions` times per family and length. */
export function* anomalousShare(
  split: string,
  lengths: readonly Length[] = ALL_LENGTHS,
  repetitions = 3,
): Generator<LabelledSeries> {
  for (const family of [...FAMILIES, 'silent'] as const) {
    for (const length of lengths) {
      const anomalies = anomalyList(split, family, length, repetitions);
      const most = mostPerSeries(family, length);
      for (let i = 0; i * most < anomalies.length; i++) {
        const chunk = anomalies.slice(i * most, (i + 1) * most);
        yield makeSeries(family, length, `${split}|A${i}`, chunk);
      }
    }
  }
}

function anomalyList(
  split: string,
  family: Family,
  length: Length,
  repetitions: number,
): Anomaly[] {
  const times = repetitions * (family === 'silent' ? 3 : 1);
  const list: Anomaly[] = [];
  for (const type of ALLOWED[family]) {
    for (let strength = 0; strength < 4; strength++) {
      for (let i = 0; i < times; i++) list.push([type, strength]);
    }
  }
  return seededRandom(`${split}|list|${family}|${length}`).shuffle(list);
}

function mostPerSeries(family: Family, length: Length): number {
  if (family === 'silent') return 1;
  if (family === 'rare') return MOST_IN_RARE[length];
  return family === 'sparse' || family === 'errors'
    ? MOST_IN_SPARSE[length]
    : MOST_ANOMALIES[length];
}

/** One series; everything in it derives from the seed. */
export function makeSeries(
  family: Family,
  length: Length,
  seed: string,
  anomalies: readonly Anomaly[],
): LabelledSeries {
  const id = `${seed}|${family}|${length}`;
  const random = seededRandom(id);
  const start = FIRST_MONDAY + random.integer(0, 7 * DAY - 1);
  const traffic = drawTraffic(family, random);
  const series = drawClean(family, traffic, random, LENGTHS[length], start);
  const scene = sceneOf(family, traffic, start, series, random);
  const onset = onsetLabel(family, series.onset, LENGTHS[length]);
  const placed = placeAnomalies(scene, anomalies, onset);
  const labels = [...onset, ...placed, ...firstSeenLabel(scene)].sort((a, b) => a.from - b.from);
  return { id, family, length, traffic, start, counts: scene.counts, mask: scene.mask, labels };
}

/** A clock that never ticks within the archive is drawn again. */
function drawClean(
  family: Family,
  traffic: Traffic,
  random: Random,
  length: number,
  start: number,
): ReturnType<typeof cleanSeries> {
  let series = cleanSeries(family, traffic, random, length, start);
  for (let i = 1; i < 5 && family === 'cron' && series.counts.every((calls) => calls === 0); i++) {
    series = cleanSeries(family, traffic, random, length, start);
  }
  return series;
}

const dontCare = (type: Label['type'], from: number, to: number): Label => ({
  from,
  to,
  type,
  strength: 0,
  dontCare: true,
  slack: 0,
});

const onsetLabel = (family: Family, onset: number | null, length: number): Label[] =>
  onset === null
    ? []
    : [dontCare(family === 'deploy' ? 'step' : 'onset', onset, Math.min(length, onset + DAY))];

/** The first calls after a long silent beginning may be called new. */
function firstSeenLabel({ family, clean }: Scene): Label[] {
  if (family === 'silent' || family === 'newapi') return [];
  const first = clean.findIndex((calls) => calls > 0);
  if (first < Math.max(60, 0.1 * clean.length)) return [];
  const minutes = Math.max(10, Math.min(DAY, Math.floor(0.05 * clean.length)));
  return [dontCare('firstseen', first, Math.min(clean.length, first + minutes))];
}

function placeAnomalies(
  scene: Scene,
  anomalies: readonly Anomaly[],
  onset: readonly Label[],
): Label[] {
  const length = scene.counts.length;
  const apart = Math.min(DAY, length / 12);
  const used = onset.map(({ from, to }) => ({ from: from - 30, to }));
  const placed: Label[] = [];
  for (const [type, strength] of anomalies) {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const at = drawPlace(scene, onset);
      if (at === null) break;
      if (used.some(({ from, to }) => at > from - apart - 380 && at < to + apart)) continue;
      if (isOffHours(scene, type, at)) continue;
      const found = inject(scene, type, strength, at);
      if (found === null) continue;
      placed.push(found);
      used.push(found);
      break;
    }
  }
  return placed;
}

/** A minute in 20–97 % of the archive; for a new API at least a day after its onset. */
function drawPlace({ family, counts, random }: Scene, onset: readonly Label[]): number | null {
  const length = counts.length;
  const at = (): number => random.integer(Math.floor(length * 0.2), Math.floor(length * 0.97) - 1);
  if (family !== 'newapi') return at();
  const settled = onset[0].from + DAY;
  if (settled >= length - 100) {
    at();
    return null;
  }
  at();
  return random.integer(Math.min(settled, length - 20), length - 10);
}

/** Gaps and dips of office traffic are only put where there is traffic. */
function isOffHours({ family, traffic, start }: Scene, type: AnomalyType, at: number): boolean {
  if (family !== 'bizhours' || (type !== 'gap' && type !== 'dip60')) return false;
  const local = localTime(traffic.zone, start + at);
  return isWeekend(local) || local.minuteOfDay < 570 || local.minuteOfDay > 990;
}
