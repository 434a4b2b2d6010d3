import { businessShare, daysToMonday, isWeekend, localTime } from './calendar';
import type { Cron, Errors, Family, Rare, Rate, Sparse, Traffic } from './families';
import type { Random } from '../../support/random';

const DAY = 1440;

/** One clean series: what its family does when nothing happens. */
export interface Clean {
  readonly counts: Float64Array;
  /** 0 where logs are missing; null: nowhere. */
  readonly mask: Uint8Array | null;
  /** First minute of a new level or of a new API; null without one. */
  readonly onset: number | null;
}

/** `length` minutes of traffic from minute `start`; the order of the draws is part of the yardstick. */
export function cleanSeries(
  family: Family,
  traffic: Traffic,
  random: Random,
  length: number,
  start: number,
): Clean {
  const counts = new Float64Array(length);
  const draw: Draw = { random, counts, start };
  let onset: number | null = null;
  if (traffic.kind === 'rare') addRare(draw, traffic);
  else if (traffic.kind === 'sparse') addSparse(draw, traffic);
  else if (traffic.kind === 'cron') addCron(draw, traffic);
  else if (traffic.kind === 'errors') addErrors(draw, traffic);
  else if (traffic.kind === 'rate') onset = addRate(draw, traffic, family === 'newapi');
  return { counts, mask: family === 'loggap' ? loseLogs(draw) : null, onset };
}

interface Draw {
  readonly random: Random;
  readonly counts: Float64Array;
  readonly start: number;
}

function add({ counts }: Draw, minute: number): void {
  const at = Math.floor(minute);
  if (at >= 0 && at < counts.length) counts[at]++;
}

/** `calls` single calls at random within `minutes`. */
function spread(draw: Draw, from: number, calls: number, minutes: number): void {
  for (let i = 0; i < calls; i++) add(draw, from + Math.floor(draw.random.unit() * minutes));
}

function addRare(draw: Draw, { zone, perDay, size, businessHours }: Rare): void {
  const { random, counts, start } = draw;
  for (
    let t = random.exponential() / (perDay / DAY);
    t < counts.length;
    t += random.exponential() / (perDay / DAY)
  ) {
    let at = t;
    if (businessHours) {
      const local = localTime(zone, start + Math.floor(t));
      at = t - local.minuteOfDay + daysToMonday(local) * DAY + random.between(9, 18) * 60;
    }
    const calls = Math.min(
      Math.ceil(random.logNormal(Math.log(size), 0.6)),
      Math.trunc(8 * size) || 1,
    );
    spread(draw, at, calls || 1, random.pick([1, 1, 1, 2, 3]));
  }
}

function addSparse(draw: Draw, { zone, perDay, size, heavyTailed }: Sparse): void {
  const { random, counts, start } = draw;
  for (let t = 0; t < counts.length; t++) {
    const local = localTime(zone, start + t);
    const atWork = local.minuteOfDay >= 540 && local.minuteOfDay < 1140;
    const weight = (isWeekend(local) ? 0.15 : 1) * (atWork ? 1 : 0.1);
    if (random.unit() < (perDay / 600) * weight) {
      const drawn = heavyTailed
        ? size * 0.7 * Math.pow(1 - random.unit(), -1 / 1.8)
        : random.logNormal(Math.log(size), 0.9);
      const calls = Math.max(1, Math.min(Math.ceil(drawn), Math.ceil(20 * size)));
      spread(draw, t, calls, Math.min(8, random.geometric(2.5)));
    }
    if (random.unit() < 0.002 * weight) add(draw, t);
  }
}

function addCron(draw: Draw, { period, phase, drift, size, duration, seasonPhase }: Cron): void {
  const { random, counts } = draw;
  let second = phase * 60 + (drift ? random.between(0, 60) : 0);
  for (; second / 60 < counts.length; second += period * 60 + drift) {
    if (random.chance(0.002)) continue;
    const jitter = random.chance(0.1) ? random.integer(0, 1) : 0;
    const season = 1 + 0.1 * Math.sin((2 * Math.PI * second) / 60 / (DAY * 21) + seasonPhase);
    const calls = Math.max(1, random.negativeBinomial(size * season, 50));
    spread(draw, second / 60 + jitter, calls, duration);
  }
}

function addErrors(draw: Draw, { background, clustersPerDay, clusterSize }: Errors): void {
  const { random, counts } = draw;
  for (let t = 0; t < counts.length; t++) counts[t] += random.poisson(background);
  const step = (): number => (random.exponential() * DAY) / clustersPerDay;
  for (let t = step(); t < counts.length; t += step()) {
    spread(draw, t, random.geometric(clusterSize), random.integer(1, 5));
  }
}

interface Bump {
  readonly from: number;
  readonly to: number;
  readonly factor: number;
}

/** Traffic of a smooth rate. Returns its onset: where a new API begins or the level steps. */
function addRate(draw: Draw, rate: Rate, isNew: boolean): number | null {
  const { random, counts, start } = draw;
  const length = counts.length;
  const memory = Math.exp(-1 / rate.memory);
  const noise = rate.wandering * Math.sqrt(1 - memory * memory);
  const bumps = rate.bumpsPerWeek > 0 ? drawBumps(draw, rate) : [];
  const begin = isNew ? Math.floor(length * random.between(0.2, 0.6)) : 0;
  const step = rate.step > 0 ? Math.floor(length * random.between(0.3, 0.8)) : length;
  let wandering = 0;
  let walk = 0;
  let day = -1;
  let dayFactor = 1;
  let holiday = false;
  for (let t = 0; t < length; t++) {
    const local = localTime(rate.zone, start + t);
    if (local.day !== day) {
      day = local.day;
      dayFactor = random.logNormal(0, rate.daySpread);
      holiday = rate.business > 0 && !isWeekend(local) && random.chance(0.03);
      walk += random.normal() * rate.dailyWalk;
    }
    wandering = memory * wandering + noise * random.normal();
    const usual = usualRate(rate, local.minuteOfDay, isWeekend(local), holiday);
    let mean = usual * (dayFactor * Math.exp(wandering + walk + (rate.trend * t) / (30 * DAY)));
    if (t >= step) mean *= rate.step;
    for (const bump of bumps) if (t >= bump.from && t < bump.to) mean *= bump.factor;
    counts[t] = random.negativeBinomial(t < begin ? 0 : mean, rate.shape);
  }
  if (isNew) return begin;
  return rate.step > 0 ? step : null;
}

function usualRate(rate: Rate, minuteOfDay: number, weekend: boolean, holiday: boolean): number {
  const { level, business } = rate;
  if (business > 0) {
    const dayOff = weekend || holiday ? rate.weekend : 1;
    return level * (1 - business + business * businessShare(minuteOfDay) * dayOff);
  }
  const daily = rate.amplitude * Math.sin(2 * Math.PI * (minuteOfDay / DAY - rate.phase));
  return level * (1 + daily + (weekend ? -rate.weekendLoss : 0));
}

/** Harmless deployments: ten to twenty minutes at two to four times the level, in office hours. */
function drawBumps({ random, counts, start }: Draw, { zone, bumpsPerWeek }: Rate): Bump[] {
  const bumps: Bump[] = [];
  const step = (): number => (random.exponential() * DAY * 7) / bumpsPerWeek;
  for (let t = step(); t < counts.length; t += step()) {
    const local = localTime(zone, start + Math.floor(t));
    const from = t - local.minuteOfDay + daysToMonday(local) * DAY + random.between(9.5, 17.5) * 60;
    bumps.push({ from, to: from + random.between(10, 20), factor: random.between(2, 4) });
  }
  return bumps;
}

/** About one outage of the log delivery in ten days, of 10 to 180 minutes. */
function loseLogs({ random, counts }: Draw): Uint8Array {
  const length = counts.length;
  const mask = new Uint8Array(length).fill(1);
  const outages = Math.max(1, Math.round(length / (10 * DAY)));
  for (let i = 0; i < outages; i++) {
    const minutes = random.integer(10, Math.min(180, Math.floor(length / 6)));
    const from = random.integer(Math.floor(length * 0.1), length - minutes - 1);
    mask.fill(0, from, from + minutes);
    counts.fill(0, from, from + minutes);
  }
  return mask;
}
