import { isWeekend, localTime } from './calendar';
import { FAMILIES, type Family, type Traffic } from './families';
import type { Random } from '../../support/random';
import type { Clean } from './traffic';

const DAY = 1440;

export type AnomalyType =
  'spike1' | 'burst5' | 'shift60' | 'shift360' | 'ramp' | 'gap' | 'dip60' | 'newburst' | 'errstorm';

/** What is to be found in a series, or (`dontCare`) may be found without being false. */
export interface Label {
  /** Half-open minutes. */
  readonly from: number;
  readonly to: number;
  readonly type: AnomalyType | 'step' | 'onset' | 'firstseen';
  /** 0 (barely) to 3 (glaring): S1 to S4. */
  readonly strength: number;
  readonly dontCare: boolean;
  /** Minutes by which a window may miss and still be a hit. */
  readonly slack: number;
}

/** Which anomalies make sense in which family. */
export const ALLOWED: Readonly<Record<Family, readonly AnomalyType[]>> = {
  rare: ['spike1', 'burst5', 'shift60'],
  sparse: ['spike1', 'burst5', 'shift60', 'shift360', 'ramp'],
  cron: ['spike1', 'burst5', 'shift60', 'shift360', 'gap'],
  bizhours: ['spike1', 'burst5', 'shift60', 'shift360', 'ramp', 'gap', 'dip60'],
  dense: ['spike1', 'burst5', 'shift60', 'shift360', 'ramp', 'gap', 'dip60'],
  drift: ['spike1', 'burst5', 'shift60', 'shift360', 'gap'],
  deploy: ['spike1', 'shift60', 'gap'],
  newapi: ['spike1', 'burst5'],
  errors: ['spike1', 'burst5', 'errstorm'],
  loggap: ['spike1', 'gap'],
  silent: ['newburst'],
};

/** Multiples of the largest comparable count, by strength. */
const SPIKE = [1.5, 2.5, 5, 10];
const SHIFT = [1.25, 1.75, 3, 6];
const NEW_BURST_CALLS = [3, 10, 30, 100];
const GAP_MINUTES = [5, 15, 60, 240];
const MISSED_RUNS = [2, 3, 6, 12];
const MISSED_DAILY_RUNS = [1, 2, 3, 4];
const DIP_TO = [0.6, 0.4, 0.2, 0.05];

/** A series being labelled: `counts` change, `clean` stays as it was drawn. */
export interface Scene {
  readonly family: Family;
  readonly traffic: Traffic;
  readonly start: number;
  readonly counts: Float64Array;
  readonly mask: Uint8Array | null;
  readonly clean: Float64Array;
  /** Calls of the clean series before each minute. */
  readonly before: Float64Array;
  readonly random: Random;
}

export function sceneOf(
  family: Family,
  traffic: Traffic,
  start: number,
  series: Clean,
  random: Random,
): Scene {
  const { counts, mask } = series;
  const before = new Float64Array(counts.length + 1);
  for (let i = 0; i < counts.length; i++) before[i + 1] = before[i] + counts[i];
  return { family, traffic, start, counts, mask, clean: counts.slice(), before, random };
}

/** Puts one anomaly at minute `at`; null where it does not fit. */
export function inject(
  scene: Scene,
  type: AnomalyType,
  strength: number,
  at: number,
): Label | null {
  switch (type) {
    case 'spike1':
      return injectSpike(scene, strength, at);
    case 'burst5':
      return injectBurst(scene, strength, at);
    case 'errstorm':
      return injectErrorStorm(scene, strength, at);
    case 'shift60':
      return injectShift(scene, type, strength, at, 60, 60);
    case 'shift360':
      return injectShift(scene, type, strength, at, 360, 360);
    case 'ramp':
      return injectShift(scene, type, strength, at, 120, 60);
    case 'newburst':
      return injectNewBurst(scene, strength, at);
    case 'gap':
      return scene.traffic.kind === 'cron' && scene.traffic.period > 1
        ? skipRuns(scene, scene.traffic.period, strength, at)
        : injectGap(scene, strength, at);
    case 'dip60':
      return injectDip(scene, strength, at);
  }
}

const label = (
  type: AnomalyType,
  strength: number,
  from: number,
  to: number,
  slack = 0,
): Label => ({
  from,
  to,
  type,
  strength,
  dontCare: false,
  slack,
});

function fits({ counts, mask }: Scene, from: number, to: number): boolean {
  if (from < 0 || to > counts.length) return false;
  return mask === null || mask.subarray(from, to).every((covered) => covered === 1);
}

function injectSpike(scene: Scene, strength: number, at: number): Label | null {
  if (!fits(scene, at, at + 1)) return null;
  const target = Math.ceil(SPIKE[strength] * Math.max(2, usualPeak(scene, at, 1)));
  scene.counts[at] = Math.max(scene.counts[at], target);
  return label('spike1', strength, at, at + 1);
}

function injectBurst(scene: Scene, strength: number, at: number): Label | null {
  const { counts, random } = scene;
  if (!fits(scene, at, at + 5)) return null;
  const target = Math.ceil(SPIKE[strength] * 0.7 * Math.max(2, usualPeak(scene, at, 1)));
  for (let i = at; i < at + 5; i++)
    counts[i] = Math.max(counts[i], Math.max(1, random.poisson(target)));
  return label('burst5', strength, at, at + 5);
}

/** Errors with a client's back-off: a saw-tooth of period seven. */
function injectErrorStorm(scene: Scene, strength: number, at: number): Label | null {
  const { counts, random } = scene;
  const minutes = random.integer(5, 40);
  if (!fits(scene, at, at + minutes)) return null;
  const peak = Math.max(2, usualPeak(scene, at, 1));
  for (let i = 0; i < minutes; i++) {
    const saw = 0.35 + 0.65 * (1 - (i % 7) / 7);
    const least = i === 0 || i === minutes - 1 ? 1 : 0;
    counts[at + i] += Math.max(least, random.poisson(SPIKE[strength] * 0.6 * peak * saw));
  }
  return label('errstorm', strength, at, at + minutes);
}

/** Extra calls over `minutes` so that the last `measured` of them reach a multiple of the usual peak. */
function injectShift(
  scene: Scene,
  type: 'shift60' | 'shift360' | 'ramp',
  strength: number,
  at: number,
  minutes: number,
  measured: number,
): Label | null {
  const { counts, before, random } = scene;
  const end = at + minutes;
  if (type === 'shift360' && counts.length < 6 * minutes) return null;
  if (!fits(scene, at, end)) return null;
  const peak = Math.max(4, usualPeak(scene, at, measured));
  const missing = Math.ceil(SHIFT[strength] * peak - (before[end] - before[end - measured]));
  const calls = Math.max(2, missing);
  const extra = type === 'ramp' ? Math.ceil((calls * 4) / 3) : calls;
  for (let i = 0; i < extra; i++) {
    const share = type === 'ramp' ? Math.sqrt(random.unit()) : random.unit();
    counts[at + Math.min(minutes - 1, Math.floor(share * minutes))]++;
  }
  counts[at] ||= 1;
  counts[end - 1] ||= 1;
  return label(type, strength, at, end);
}

function injectNewBurst(scene: Scene, strength: number, at: number): Label | null {
  const { counts, random } = scene;
  const minutes = random.pick([1, 2, 5]);
  if (!fits(scene, at, at + minutes)) return null;
  counts[at]++;
  counts[at + minutes - 1]++;
  for (let i = 2; i < NEW_BURST_CALLS[strength]; i++)
    counts[at + Math.floor(random.unit() * minutes)]++;
  return label('newburst', strength, at, at + minutes);
}

/** Runs of a clock-like job that never happen, from the first one at or after `at`. */
function skipRuns(scene: Scene, period: number, strength: number, at: number): Label | null {
  const { counts, clean } = scene;
  const runs = (period >= DAY ? MISSED_DAILY_RUNS : MISSED_RUNS)[strength];
  let first = at;
  while (first < clean.length && clean[first] === 0) first++;
  const due = first + Math.round(runs * period);
  if (due + period + 3 > clean.length || first < 3 * period) return null;
  const from = Math.max(0, first - 2);
  for (let i = from; i < due - 2; i++) counts[i] = 0;
  let next = Math.max(from, due - 2);
  while (next < counts.length && counts[next] === 0) next++;
  return fits(scene, from, next) ? label('gap', strength, first, next, period + 2) : null;
}

function injectGap(scene: Scene, strength: number, at: number): Label | null {
  const { counts, before, traffic } = scene;
  const end = at + GAP_MINUTES[strength];
  if (!fits(scene, at, end)) return null;
  if (traffic.kind !== 'cron' && before[end] - before[at] < 8) return null;
  counts.fill(0, at, end);
  return label('gap', strength, at, end, 2);
}

function injectDip(scene: Scene, strength: number, at: number): Label | null {
  const { counts, before, random } = scene;
  if (!fits(scene, at, at + 60) || before[at + 60] - before[at] < 30) return null;
  for (let i = at; i < at + 60; i++) {
    let kept = 0;
    for (let call = 0; call < counts[i]; call++) if (random.unit() < DIP_TO[strength]) kept++;
    counts[i] = kept;
  }
  return label('dip60', strength, at, at + 60);
}

const WHOLE_ARCHIVE: readonly Family[] = ['rare', 'sparse', 'errors'];
const BY_TIME_OF_DAY: readonly Family[] = FAMILIES.filter(
  (family) => family !== 'cron' && !WHOLE_ARCHIVE.includes(family),
);

/** Largest sum of `minutes` of the clean series in a comparable context of minute `at`. */
function usualPeak(scene: Scene, at: number, minutes: number): number {
  const { family, clean } = scene;
  const last = clean.length - minutes;
  if (WHOLE_ARCHIVE.includes(family)) return largestSum(scene, 0, last, minutes);
  if (!BY_TIME_OF_DAY.includes(family)) {
    const reach = Math.round(3.5 * DAY);
    return largestSum(scene, Math.max(0, at - reach), Math.min(last, at + reach), minutes);
  }
  if (clean.length < 3 * DAY) {
    return largestSum(scene, Math.max(0, at - 120), Math.min(last, at + 120), minutes);
  }
  return peakAtSameTimeOfDay(scene, at, minutes);
}

function peakAtSameTimeOfDay(scene: Scene, at: number, minutes: number): number {
  const { clean, start, traffic } = scene;
  const weekend = isWeekend(localTime(traffic.zone, start + at));
  let largest = 0;
  for (let days = -14; days <= 14; days++) {
    const centre = at + days * DAY;
    if (centre < -90 || centre > clean.length + 90) continue;
    if (isWeekend(localTime(traffic.zone, start + centre)) !== weekend) continue;
    const last = Math.min(clean.length - minutes, centre + 90);
    largest = Math.max(largest, largestSum(scene, Math.max(0, centre - 90), last, minutes));
  }
  return largest;
}

function largestSum({ before }: Scene, first: number, last: number, minutes: number): number {
  let largest = 0;
  for (let at = first; at <= last; at++)
    largest = Math.max(largest, before[at + minutes] - before[at]);
  return largest;
}
