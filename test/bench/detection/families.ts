import type { Random } from '../../support/random';

/** Ten kinds of traffic an account shows, and how their parameters are drawn. */
export const FAMILIES = [
  'rare',
  'sparse',
  'cron',
  'bizhours',
  'dense',
  'drift',
  'deploy',
  'newapi',
  'errors',
  'loggap',
] as const;
export type Family = (typeof FAMILIES)[number] | 'silent';

/** Share of each family in a typical account: the weight of its false alarms. */
export const SHARE: Readonly<Record<(typeof FAMILIES)[number], number>> = {
  rare: 0.35,
  sparse: 0.2,
  cron: 0.12,
  bizhours: 0.1,
  dense: 0.05,
  drift: 0.03,
  deploy: 0.03,
  newapi: 0.04,
  errors: 0.06,
  loggap: 0.02,
};

/** Offset from UTC in minutes in winter, and whose summer time rules it follows. */
export interface Zone {
  readonly offset: number;
  readonly summer: 'us' | 'eu' | '';
}

const ZONES: readonly Zone[] = [
  { offset: -480, summer: 'us' },
  { offset: -300, summer: 'us' },
  { offset: 0, summer: 'eu' },
  { offset: 60, summer: 'eu' },
  { offset: 330, summer: '' },
  { offset: 540, summer: '' },
  { offset: 0, summer: '' },
];

/** A smooth rate that varies by day, hour, and at random. */
export interface Rate {
  readonly kind: 'rate';
  readonly zone: Zone;
  /** Calls per minute. */
  readonly level: number;
  /** Share of the level that follows business hours; 0 for a sine over the day. */
  readonly business: number;
  readonly weekend: number;
  readonly amplitude: number;
  readonly phase: number;
  readonly weekendLoss: number;
  /** Memory in minutes and spread of the random wandering. */
  readonly memory: number;
  readonly wandering: number;
  readonly shape: number;
  readonly daySpread: number;
  readonly dailyWalk: number;
  /** log growth per 30 days. */
  readonly trend: number;
  /** Factor of the level from some day on; 0: none. */
  readonly step: number;
  readonly bumpsPerWeek: number;
}

export interface Rare {
  readonly kind: 'rare';
  readonly zone: Zone;
  readonly perDay: number;
  readonly size: number;
  readonly businessHours: boolean;
}

export interface Sparse {
  readonly kind: 'sparse';
  readonly zone: Zone;
  readonly perDay: number;
  readonly size: number;
  readonly heavyTailed: boolean;
}

export interface Cron {
  readonly kind: 'cron';
  readonly zone: Zone;
  readonly period: number;
  readonly phase: number;
  /** Seconds by which each run is later than the period. */
  readonly drift: number;
  readonly size: number;
  readonly duration: number;
  readonly seasonPhase: number;
}

export interface Errors {
  readonly kind: 'errors';
  readonly zone: Zone;
  readonly background: number;
  readonly clustersPerDay: number;
  readonly clusterSize: number;
}

export interface Silent {
  readonly kind: 'silent';
  readonly zone: Zone;
}

export type Traffic = Rate | Rare | Sparse | Cron | Errors | Silent;

/** Parameters of one series; the order of the draws is part of the yardstick. */
export function drawTraffic(family: Family, random: Random): Traffic {
  const zone = random.pick(ZONES);
  switch (family) {
    case 'silent':
      return { kind: 'silent', zone };
    case 'rare':
      return {
        kind: 'rare',
        zone,
        perDay: random.logUniform(1 / 14, 1 / 1.5),
        size: random.logUniform(1, 40),
        businessHours: random.chance(0.6),
      };
    case 'sparse':
      return {
        kind: 'sparse',
        zone,
        perDay: random.logUniform(2, 20),
        size: random.logUniform(2, 15),
        heavyTailed: random.chance(0.3),
      };
    case 'cron':
      return drawCron(zone, random);
    case 'bizhours':
      return drawBusinessHours(zone, random);
    case 'dense':
      return drawDense(zone, random);
    case 'drift':
      return {
        ...drawDaily(zone, random, [2, 300], [10, 200]),
        dailyWalk: 0.05,
        trend: random.between(-0.5, 1),
      };
    case 'deploy':
      return {
        ...drawDaily(zone, random, [1, 150], [10, 100]),
        step: random.pick([0.5, 1.5, 2, 3]),
        bumpsPerWeek: random.between(3, 8),
      };
    case 'newapi':
      return drawNewApi(zone, random);
    case 'errors':
      return {
        kind: 'errors',
        zone,
        background: random.logUniform(0.001, 0.1),
        clustersPerDay: random.between(0.5, 4),
        clusterSize: random.between(4, 8),
      };
    case 'loggap':
      return drawTraffic(random.chance(0.4) ? 'bizhours' : 'dense', random);
  }
}

function drawCron(zone: Zone, random: Random): Cron {
  const period = random.pick([1, 5, 5, 10, 15, 15, 30, 60, 60, 360, 1440]);
  return {
    kind: 'cron',
    zone,
    period,
    phase: Math.trunc(random.between(0, period)),
    drift: random.chance(0.3) ? random.between(1, 20) : 0,
    size: random.logUniform(1, 80),
    duration: random.pick([1, 1, 2, 3]),
    seasonPhase: random.between(0, 6.28),
  };
}

const STEADY = {
  kind: 'rate',
  business: 0,
  weekend: 1,
  amplitude: 0,
  phase: 0,
  weekendLoss: 0,
  dailyWalk: 0,
  trend: 0,
  step: 0,
  bumpsPerWeek: 0,
} as const;

const drawBusinessHours = (zone: Zone, random: Random): Rate => ({
  ...STEADY,
  zone,
  level: random.logUniform(0.5, 200),
  business: random.between(0.85, 0.98),
  weekend: random.between(0.1, 0.4),
  memory: 30,
  wandering: 0.15,
  shape: 20,
  daySpread: 0.12,
});

const drawDense = (zone: Zone, random: Random): Rate =>
  drawDaily(zone, random, [5, 600], [10, 200]);

const drawDaily = (
  zone: Zone,
  random: Random,
  [lowest, highest]: readonly [number, number],
  [calmest, wildest]: readonly [number, number],
): Rate => ({
  ...STEADY,
  zone,
  level: random.logUniform(lowest, highest),
  amplitude: random.between(0, 0.4),
  weekendLoss: random.between(0, 0.2),
  phase: random.unit(),
  memory: 20,
  wandering: 0.08,
  shape: random.logUniform(calmest, wildest),
  daySpread: 0.03,
});

function drawNewApi(zone: Zone, random: Random): Rate {
  if (random.chance(0.5)) {
    return {
      ...STEADY,
      zone,
      level: random.logUniform(0.05, 2),
      business: 0.9,
      weekend: 0.3,
      memory: 30,
      wandering: 0.2,
      shape: 5,
      daySpread: 0.15,
    };
  }
  return {
    ...STEADY,
    zone,
    level: random.logUniform(0.05, 5),
    amplitude: 0.2,
    weekendLoss: 0.1,
    phase: random.unit(),
    memory: 30,
    wandering: 0.15,
    shape: 5,
    daySpread: 0.1,
  };
}
