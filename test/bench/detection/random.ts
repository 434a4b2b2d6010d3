/** Seeded randomness of the yardstick: the same seed string gives the same series in every engine. */
export interface Random {
  /** Uniform in [0, 1). */
  unit(): number;
  uniform(low: number, high: number): number;
  /** exp of a uniform logarithm. */
  logUniform(low: number, high: number): number;
  /** Whole numbers, both ends included. */
  integer(low: number, high: number): number;
  pick<T>(values: readonly T[]): T;
  chance(probability: number): boolean;
  normal(): number;
  exponential(): number;
  logNormal(mean: number, deviation: number): number;
  poisson(mean: number): number;
  /** Mean `mean`, variance mean + mean² / shape. */
  negativeBinomial(mean: number, shape: number): number;
  /** 1, 2, 3 …, this many on average. */
  geometric(mean: number): number;
  /** In place. */
  shuffle<T>(values: T[]): T[];
}

export function randomOf(seed: string): Random {
  const unit = sfc32(seed);
  const normal = polarNormal(unit);
  const gamma = (shape: number): number => gammaOf(shape, unit, normal);
  const poisson = (mean: number): number => poissonOf(mean, unit);
  const uniform = (low: number, high: number): number => low + (high - low) * unit();
  return {
    unit,
    uniform,
    logUniform: (low, high) => Math.exp(Math.log(low) + (Math.log(high) - Math.log(low)) * unit()),
    integer: (low, high) => low + Math.floor(unit() * (high - low + 1)),
    pick: (values) => values[Math.floor(unit() * values.length)],
    chance: (probability) => unit() < probability,
    normal,
    exponential: () => -Math.log(1 - unit()),
    logNormal: (mean, deviation) => Math.exp(mean + deviation * normal()),
    poisson,
    negativeBinomial: (mean, shape) => (mean <= 0 ? 0 : poisson((gamma(shape) * mean) / shape)),
    geometric: (mean) => 1 + Math.floor(Math.log(1 - unit()) / Math.log(1 - 1 / mean + 1e-12)),
    shuffle: (values) => shuffleWith(values, unit),
  };
}

type Unit = () => number;

/** xmur3 of the seed feeds sfc32, which is drawn fifteen times before use. */
function sfc32(seed: string): Unit {
  const next = xmur3(seed);
  let a = next();
  let b = next();
  let c = next();
  let d = next();
  const unit = (): number => {
    a |= 0;
    b |= 0;
    c |= 0;
    d |= 0;
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 4294967296;
  };
  for (let i = 0; i < 15; i++) unit();
  return unit;
}

function xmur3(text: string): Unit {
  let hash = 1779033703 ^ text.length;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 3432918353);
    hash = (hash << 13) | (hash >>> 19);
  }
  return () => {
    hash = Math.imul(hash ^ (hash >>> 16), 2246822507);
    hash = Math.imul(hash ^ (hash >>> 13), 3266489909);
    return (hash ^= hash >>> 16) >>> 0;
  };
}

/** Marsaglia's polar method; every second draw is the first one's spare. */
function polarNormal(unit: Unit): Unit {
  let spare: number | null = null;
  return () => {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
    }
    let x, y, square;
    do {
      x = 2 * unit() - 1;
      y = 2 * unit() - 1;
      square = x * x + y * y;
    } while (square >= 1 || square === 0);
    const scale = Math.sqrt((-2 * Math.log(square)) / square);
    spare = y * scale;
    return x * scale;
  };
}

/** Marsaglia and Tsang 2000. */
function gammaOf(shape: number, unit: Unit, normal: Unit): number {
  if (shape < 1) return gammaOf(shape + 1, unit, normal) * Math.pow(1 - unit(), 1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    let x, root;
    do {
      x = normal();
      root = 1 + c * x;
    } while (root <= 0);
    const v = root * root * root;
    const u = 1 - unit();
    if (Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

function poissonOf(mean: number, unit: Unit): number {
  if (mean <= 0) return 0;
  return mean < 30 ? knuthPoisson(mean, unit) : rejectionPoisson(mean, unit);
}

function knuthPoisson(mean: number, unit: Unit): number {
  const least = Math.exp(-mean);
  let count = 0;
  let product = 1;
  do {
    count++;
    product *= unit();
  } while (product > least);
  return count - 1;
}

/** Hörmann's PTRS, 1993. */
function rejectionPoisson(mean: number, unit: Unit): number {
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const accepted = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = unit() - 0.5;
    const v = unit();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= accepted) return k;
    if (k < 0 || (us < 0.013 && v > us)) continue;
    const left = Math.log(v) + Math.log(inverseAlpha) - Math.log(a / (us * us) + b);
    if (left <= -mean + k * Math.log(mean) - logGamma(k + 1)) return k;
  }
}

const LANCZOS = [
  76.18009172947146, -86.50532032941678, 24.01409824083091, -1.231739572450155,
  0.001208650973866179, -5.395239384953e-6,
];

function logGamma(x: number): number {
  const t = x + 5.5 - (x + 0.5) * Math.log(x + 5.5);
  const sum = LANCZOS.reduce((total, term, i) => total + term / (x + 1 + i), 1.000000000190015);
  return -t + Math.log((2.5066282746310007 * sum) / x);
}

function shuffleWith<T>(values: T[], unit: Unit): T[] {
  for (let i = values.length - 1; i > 0; i--) {
    const j = Math.floor(unit() * (i + 1));
    [values[i], values[j]] = [values[j], values[i]];
  }
  return values;
}
