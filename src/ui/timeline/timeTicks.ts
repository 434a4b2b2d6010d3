import { scaleTime, scaleUtc, timeFormat, utcFormat, type ScaleTime } from 'd3';
import type { TimeZone } from '../format';
import type { Span } from './span';

export interface TimeTick {
  /** Minutes since the epoch. */
  readonly minute: number;
  /** `20:30`, or `Fri 1` where ticks are whole days, or `Nov` where they are months. */
  readonly label: string;
  /** The day (for day ticks the month, for months the year) where it begins to apply; else empty. */
  readonly context: string;
}

interface Grain {
  readonly label: string;
  readonly context: string;
}

const CLOCK: Grain = { label: '%H:%M', context: '%a %-d %b %Y' };
const DAY: Grain = { label: '%a %-d', context: '%B %Y' };
const MONTH: Grain = { label: '%b', context: '%Y' };

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;
/** Every tick on a whole day (a local day may have 23 hours); on whole months from 25 days apart. */
function grainOf(step: number): Grain {
  if (step < 0.9 * DAY_MINUTES) return CLOCK;
  return step < 25 * DAY_MINUTES ? DAY : MONTH;
}

/** Ticks at round times of the zone, about one every 80 pixels, each labelled once and the date only where it changes. */
export function timeTicksOf(span: Span, pixels: number, zone: TimeZone): TimeTick[] {
  const scale = zone === 'UTC' ? scaleUtc() : scaleTime();
  const format = zone === 'UTC' ? utcFormat : timeFormat;
  scale.domain([span.from * MINUTE_MS, span.to * MINUTE_MS]);
  const dates = ticksOf(scale, Math.max(2, Math.floor(pixels / 80)));
  const step = dates.length > 1 ? (+dates[1] - +dates[0]) / MINUTE_MS : DAY_MINUTES / 2;
  const grain = grainOf(step);
  const label = format(grain.label);
  const context = format(grain.context);
  let last = '';
  return dates
    .filter((date) => +date % MINUTE_MS === 0)
    .map((date) => {
      const words = context(date);
      const changed = words !== last;
      last = words;
      return { minute: +date / MINUTE_MS, label: label(date), context: changed ? words : '' };
    });
}

/** From so many ticks wanted on there are always two. */
const MOST_FOR_TWO = 5;

/** About `count` round times; where the next rounder step leaves one alone, which tells no distance, a finer step. */
function ticksOf(scale: ScaleTime<number, number>, count: number): Date[] {
  const dates = scale.ticks(count);
  return dates.length > 1 || count >= MOST_FOR_TWO ? dates : ticksOf(scale, count + 1);
}
/** Widest date under an axis: `Wed 30 September 2026` in the house's small type. */
const CONTEXT_PIXELS = 112;
/** Half of `20:30`: the date begins where the words over it begin. */
const HALF_LABEL = 16;

/** About half of a letter of the small type. */
const HALF_LETTER = 3.4;

/** Where a tick's word is anchored: at the edges it turns inward rather than leave the picture. */
export function anchorOf(at: number, label: string, width: number): 'start' | 'middle' | 'end' {
  const half = label.length * HALF_LETTER;
  return at < half ? 'start' : at > width - half ? 'end' : 'middle';
}

/** What a tick's word takes of the axis, [from, to) in pixels. */
function extentOf(label: string, at: number, width: number): [number, number] {
  const half = label.length * HALF_LETTER;
  const anchor = anchorOf(at, label, width);
  const from = anchor === 'start' ? at : anchor === 'end' ? at - 2 * half : at - half;
  return [from, from + 2 * half];
}

/** A word that would run into the one before is left out; its tick stays. */
function withoutCrowding(
  ticks: readonly TimeTick[],
  x: (minute: number) => number,
  width: number,
): TimeTick[] {
  let free = -Infinity;
  return ticks.map((tick) => {
    const [from, to] = extentOf(tick.label, x(tick.minute), width);
    if (from < free) return { ...tick, label: '' };
    free = to + 2 * HALF_LETTER;
    return tick;
  });
}

/** A tick with its place along the axis, and that of its date, in pixels. */
export interface PlacedTick extends TimeTick {
  readonly at: number;
  readonly contextAt: number;
}

/** Places ticks on an axis of `width` pixels. A date that would run into the next one is left out, for the later is nearer to what changed. */
export function placeTicks(
  ticks: readonly TimeTick[],
  x: (minute: number) => number,
  width: number,
): PlacedTick[] {
  let next = Infinity;
  return withoutCrowding(ticks, x, width)
    .toReversed()
    .map((tick) => {
      const at = x(tick.minute);
      const contextAt = Math.max(0, Math.min(at - HALF_LABEL, width - CONTEXT_PIXELS));
      if (tick.context === '') return { ...tick, at, contextAt };
      const fits = contextAt + CONTEXT_PIXELS <= next;
      if (fits) next = contextAt;
      return { ...tick, at, contextAt, context: fits ? tick.context : '' };
    })
    .reverse();
}
