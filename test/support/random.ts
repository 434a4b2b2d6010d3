/**
 * Seeded randomness and the samplers that traffic is made of. The same seed text gives the same numbers on every
 * machine: xmur3 spreads the text over the state of sfc32, whose first 15 draws are thrown away.
 */
export interface Random {
  /** Uniform in [0, 1). */
  unit(): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** Uniform in the logarithm: as many draws in 1–10 as in 10–100. */
  logUniform(low: number, high: number): number;
  /** Whole number in [low, high], both ends included. */
  integer(low: number, high: number): number;
  pick<T>(items: readonly T[]): T;
  chance(probability: number): boolean;
  normal(): number;
  exponential(): number;
  /** exp of a normal with this mean and standard deviation. */
  logNormal(mean: number, deviation: number): number;
  gamma(shape: number): number;
  poisson(mean: number): number;
  /** Poisson whose mean wobbles: variance mean + mean² / shape. */
  negativeBinomial(mean: number, shape: number): number;
  /** At least 1. */
  geometric(mean: number): number;
  /** In place. */
  shuffle<T>(items: T[]): T[];
}

export function seededRandom(seed: string): Random {
  const unit = sfc32(xmur3(seed));
  for (let i = 0; i < 15; i++) unit();
  const normal = normals(unit);
  const gamma = (shape: number): number =>
    shape < 1
      ? gamma(shape + 1) * Math.pow(1 - unit(), 1 / shape)
      : marsagliaTsang(shape, unit, normal);
  const poisson = (mean: number): number => {
    if (mean <= 0) return 0;
    return mean < 30 ? knuthPoisson(mean, unit) : ptrsPoisson(mean, unit);
  };
  const integer = (low: number, high: number) => low + Math.floor(unit() * (high - low + 1));
  return {
    unit,
    between: (low, high) => low + (high - low) * unit(),
    logUniform: (low, high) => Math.exp(Math.log(low) + (Math.log(high) - Math.log(low)) * unit()),
    integer,
    pick: (items) => items[Math.floor(unit() * items.length)],
    chance: (probability) => unit() < probability,
    normal,
    exponential: () => -Math.log(1 - unit()),
    logNormal: (mean, deviation) => Math.exp(mean + deviation * normal()),
    gamma,
    poisson,
    negativeBinomial: (mean, shape) => (mean <= 0 ? 0 : poisson((gamma(shape) * mean) / shape)),
    geometric: (mean) => 1 + Math.floor(Math.log(1 - unit()) / Math.log(1 - 1 / mean + 1e-12)),
    shuffle: (items) => {
      for (let i = items.length - 1; i > 0; i--) {
        const j = Math.floor(unit() * (i + 1));
        [items[i], items[j]] = [items[j], items[i]];
      }
      return items;
    },
  };
}

function xmur3(text: string): () => number {
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

function sfc32(state: () => number): () => number {
  let [a, b, c, counter] = [state(), state(), state(), state()];
  return () => {
    const sum = ((((a | 0) + (b | 0)) | 0) + (counter | 0)) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 4294967296;
  };
}

/** Polar method: draws come in pairs, the second is kept for the next call. */
function normals(unit: () => number): () => number {
  let spare: number | null = null;
  return () => {
    if (spare !== null) {
      const kept = spare;
      spare = null;
      return kept;
    }
    let x: number, y: number, square: number;
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

function marsagliaTsang(shape: number, unit: () => number, normal: () => number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    let x: number, v: number;
    do {
      x = normal();
      v = 1 + c * x;
    } while (v <= 0);
    v = v * v * v;
    const u = 1 - unit();
    if (Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

function knuthPoisson(mean: number, unit: () => number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  let product = 1;
  do {
    count++;
    product *= unit();
  } while (product > limit);
  return count - 1;
}

/** Hörmann's transformed rejection, for means of 30 and more. */
function ptrsPoisson(mean: number, unit: () => number): number {
  const root = Math.sqrt(mean);
  const b = 0.931 + 2.53 * root;
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const vr = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = unit() - 0.5;
    const v = unit();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= vr) return k;
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
  let y = x;
  let t = x + 5.5;
  t -= (x + 0.5) * Math.log(t);
  let series = 1.000000000190015;
  for (const coefficient of LANCZOS) series += coefficient / ++y;
  return -t + Math.log((2.5066282746310007 * series) / x);
}
