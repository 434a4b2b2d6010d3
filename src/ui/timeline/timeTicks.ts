import { scaleTime, scaleUtc, timeFormat, utcFormat } from 'd3';
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
  const dates = scale.ticks(Math.max(2, Math.floor(pixels / 80)));
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

/** Contexts that would run into the next one are left out: the later one, nearer to what changed, stays. */
export function roomForContexts(
  ticks: readonly TimeTick[],
  x: (minute: number) => number,
  widest: number,
): TimeTick[] {
  let next = Infinity;
  return ticks
    .toReversed()
    .map((tick) => {
      if (tick.context === '') return tick;
      const fits = x(tick.minute) + widest <= next;
      if (fits) next = x(tick.minute);
      return fits ? tick : { ...tick, context: '' };
    })
    .reverse();
}
