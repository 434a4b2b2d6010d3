import { formatMinute, toMinute, type Minute } from '../../activity/minute';
import type { Graph } from './graph';
import { countWords } from './words';

export const WIDTH = 960;
export const HEIGHT = 300;
export const LEFT = 56;
export const RIGHT = 12;
export const TOP = 34;
const BOTTOM = 40;
export const LINE_HEIGHT = 16;
/** Further series may press the graph's own down to this part of the height. */
const BESIDE = 3;
export const PLOT = WIDTH - LEFT - RIGHT;
export const BASE = HEIGHT - BOTTOM;

export const INK = '#15181d';
export const MUTED = '#59626f';
const LINE = '#d9dde3';

/** The scales of one graph: minutes and calls to pixels. */
export interface Scales {
  readonly x: (minute: number) => number;
  readonly y: (calls: number) => number;
  readonly top: number;
  readonly step: number;
}

/** Values reach over every call shown, and over the expected range up to twice the busiest minute. */
export function scalesOf({ span, calls, expected, insight, others }: Graph): Scales {
  const own = Math.max(1, highestOf(calls));
  const beside = Math.max(0, ...others.map((other) => highestOf(other.calls)));
  const peak = Math.max(own, Math.min(beside, own * BESIDE));
  const limit = expected.upper.reduce(
    (most, count) => (count < Infinity ? Math.max(most, count) : most),
    0,
  );
  const baseline = insight?.statistics.baseline.average ?? 0;
  const highest = Math.max(peak, baseline, Math.min(limit, peak * 2), 4);
  const step = roundStep(highest / 4);
  const top = Math.ceil((highest * 1.02) / step) * step;
  return {
    x: (minute) => LEFT + ((minute - span.start) / (span.end - span.start)) * PLOT,
    y: (count) => BASE - (Math.min(count, top) / top) * (BASE - TOP),
    top,
    step,
  };
}

/** 1, 2 or 5 times a power of ten: calls are whole, so never less than 1. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  return [1, 2, 5, 10].map((times) => times * power).find((step) => step >= least) ?? 10 * power;
}

export const px = (value: number): string => String(Math.round(value * 10) / 10);

export const highestOf = (calls: Uint32Array): number =>
  calls.reduce((most, count) => Math.max(most, count), 0);

export function valueTicks({ y, top, step }: Scales): string[] {
  const ticks: string[] = [];
  for (let count = 0; count <= top; count += step) {
    const at = px(y(count));
    ticks.push(
      `<path d="M${LEFT} ${at}H${LEFT + PLOT}" stroke="${LINE}" fill="none"/>`,
      `<text x="${LEFT - 6}" y="${px(y(count) + 4)}" fill="${MUTED}" text-anchor="end">${countWords(count)}</text>`,
    );
  }
  return ticks;
}

/** Minutes between ticks; the first that gives at most eight of them. */
const TIME_STEPS = [5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10_080, 43_200];

export function timeTicks({ span }: Graph, { x }: Scales): string[] {
  const length = span.end - span.start;
  const step = TIME_STEPS.find((each) => length / each <= 8) ?? Math.ceil(length / 8);
  const ticks: string[] = [];
  for (let minute = Math.ceil(span.start / step) * step; minute < span.end; minute += step) {
    const at = px(x(minute));
    const iso = formatMinute(toMinute(minute));
    const label = step >= 1440 ? iso.slice(0, 10) : iso.slice(11, 16);
    ticks.push(
      `<path d="M${at} ${BASE}V${BASE + 4}" stroke="${MUTED}" fill="none"/>`,
      `<text x="${at}" y="${BASE + 17}" fill="${MUTED}" text-anchor="middle">${label}</text>`,
    );
  }
  const days = `${dayOf(span.start)} … ${dayOf(span.end)} UTC`;
  ticks.push(`<text x="${LEFT}" y="${HEIGHT - 6}" fill="${MUTED}">${days}</text>`);
  return ticks;
}

const dayOf = (minute: Minute): string => formatMinute(minute).slice(0, 16).replace('T', ' ');
