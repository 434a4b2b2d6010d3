import { MINUTES_PER_DAY, MINUTES_PER_HOUR, toMinute, type Minute } from '../core/activity/minute';
import type { Insight } from '../core/insights/insight';

export type TimeZone = 'UTC' | 'local';

/** One language and one grouping for everybody: a number read out over the phone means the same at the other end. */
const integers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });
const significant = (digits: number) =>
  new Intl.NumberFormat('en-US', { maximumSignificantDigits: digits });
const decimals = (digits: number) =>
  new Intl.NumberFormat('en-US', { maximumFractionDigits: digits });
/**
 * Digits by the size of a rate, so that every rate has room in a column: the least there is, one call in the eight days
 * of a baseline, is `0.000087`.
 */
const RATES = [
  { below: 0.001, format: significant(2) },
  { below: 1, format: significant(3) },
  { below: 1000, format: decimals(2) },
  { below: 10_000, format: decimals(1) },
  { below: Infinity, format: integers },
];
const exactRates = new Intl.NumberFormat('en-US', { maximumFractionDigits: 10 });

/** `1,234,567` */
export const formatCount = (count: number): string => integers.format(count);

/** `1 file`, `1,234 files`. */
export const formatCounted = (count: number, thing: string): string =>
  `${formatCount(count)} ${thing}${count === 1 ? '' : 's'}`;

/** `2.1M`: for places where the exact count stands nearby. */
export const formatCompact = (count: number): string => compact.format(count);

/** Calls per minute for a table: `12,346`, `100.42`, `0.00179`, `0.000087`. */
export const formatRate = (rate: number): string =>
  RATES.find(({ below }) => Math.abs(rate) < below)!.format.format(rate);

/** Calls per minute with all the decimals CloudTrail records: `0.0000882145`. */
export const formatExactRate = (rate: number): string => exactRates.format(rate);

/** `12.5 MB`, in powers of ten as file managers and AWS count. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const value = bytes / 1000 ** power;
  return `${power > 0 && value < 100 ? value.toFixed(1) : Math.round(value)} ${units[power]}`;
}

/** `1 min`, `3 h 20 min`, `2 d 4 h`: the two largest units. */
export function formatDuration(minutes: number): string {
  const days = Math.floor(minutes / MINUTES_PER_DAY);
  const hours = Math.floor((minutes % MINUTES_PER_DAY) / MINUTES_PER_HOUR);
  const rest = Math.round(minutes % MINUTES_PER_HOUR);
  const parts = [days && `${days} d`, hours && `${hours} h`, rest && `${rest} min`];
  return parts.filter(Boolean).slice(0, 2).join(' ') || '0 min';
}

/** `40 s`, `3 min`, `1 h 5 min`: for waiting, so coarse. */
export const formatSeconds = (seconds: number): string =>
  seconds < 60 ? `${Math.ceil(seconds)} s` : formatDuration(Math.round(seconds / 60));

const pad = (value: number): string => String(value).padStart(2, '0');

/** Minutes east of Greenwich at that moment; local time changes it with the season. */
const offsetMinutes = (minute: number, zone: TimeZone): number =>
  zone === 'UTC' ? 0 : -new Date(minute * 60_000).getTimezoneOffset();

/** A Date whose UTC fields read as the wall clock of the zone. */
const wallClock = (minute: number, zone: TimeZone): Date =>
  new Date((minute + offsetMinutes(minute, zone)) * 60_000);

/** `2026-01-31`, the day on the wall clock of the zone. */
export const formatDay = (minute: number, zone: TimeZone): string =>
  wallClock(minute, zone).toISOString().slice(0, 10);

/** `23:59`, the wall clock of the zone. */
export const formatClock = (minute: number, zone: TimeZone): string =>
  wallClock(minute, zone).toISOString().slice(11, 16);

/** `UTC`, or for local time its distance at that moment: `UTC−07:00`. */
export function formatOffset(minute: number, zone: TimeZone): string {
  if (zone === 'UTC') return 'UTC';
  const offset = offsetMinutes(minute, zone);
  const size = Math.abs(offset);
  return `UTC${offset < 0 ? '−' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

/** `2026-01-31 23:59`, for places that show the offset once for many times. */
export const formatWallTime = (minute: number, zone: TimeZone): string =>
  `${formatDay(minute, zone)} ${formatClock(minute, zone)}`;

/** The minute of a wall clock of the zone, as a field for date and time holds it; null where it is none. */
export function parseWallTime(text: string, zone: TimeZone): Minute | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text)) return null;
  const time = Date.parse(zone === 'UTC' ? `${text.slice(0, 16)}Z` : text.slice(0, 16));
  return time >= 0 ? toMinute(Math.floor(time / 60_000)) : null;
}

/** `2026-01-31 23:59 UTC` or `2026-01-31 15:59 UTC−08:00`: a time never stands without its offset. */
export const formatTime = (minute: number, zone: TimeZone): string =>
  `${formatWallTime(minute, zone)} ${formatOffset(minute, zone)}`;

/** `2026-01-31 23:59 – 2026-02-01 00:02 UTC`, the day once when both share it. */
export function formatTimes(start: number, end: number, zone: TimeZone): string {
  if (formatOffset(start, zone) !== formatOffset(end, zone))
    return `${formatTime(start, zone)} – ${formatTime(end, zone)}`;
  const sameDay = formatDay(start, zone) === formatDay(end, zone);
  const last = sameDay ? '' : `${formatDay(end, zone)} `;
  return `${formatDay(start, zone)} ${formatClock(start, zone)} – ${last}${formatClock(end, zone)} ${formatOffset(start, zone)}`;
}

/** `2026-01-12 … 02-11`: first and last day of half-open minutes; the year once when both share it. */
export function formatSpan(start: Minute, end: Minute, zone: TimeZone): string {
  const first = formatDay(start, zone);
  const last = formatDay(Math.max(start, end - 1), zone);
  if (first === last)
    return `${first} ${formatClock(start, zone)}–${formatClock(Math.max(start, end), zone)}`;
  return `${first} … ${first.slice(0, 4) === last.slice(0, 4) ? last.slice(5) : last}`;
}

/** What an insight is at a glance, by shape and word as well as by colour. */
export interface InsightMark {
  readonly kind: 'rise' | 'errors' | 'drop';
  readonly shape: '▲' | '◆' | '▽';
  readonly words: string;
}

const RISE: InsightMark = { kind: 'rise', shape: '▲', words: 'Rise in calls' };
const ERRORS: InsightMark = { kind: 'errors', shape: '◆', words: 'Rise in errors' };
const DROP: InsightMark = { kind: 'drop', shape: '▽', words: 'Drop' };

/** The mark of an insight; its colour is the token `--rise`, `--errors` or `--drop`. */
export function insightMark(insight: Pick<Insight, 'direction' | 'insightType'>): InsightMark {
  if (insight.direction === 'below') return DROP;
  return insight.insightType === 'ApiErrorRateInsight' ? ERRORS : RISE;
}

/** A share from 0 to 1: `96%`, `<1%`. */
export const formatShare = (share: number): string =>
  share > 0 && share < 0.01 ? '<1%' : `${Math.round(share * 100)}%`;

/** Rate change as AWS's console shows it, insight over baseline: `↑ 872%`, `↑ 134K%`; a word where the baseline is 0. */
export function formatRateChange(baselineAverage: number, insightAverage: number): string {
  if (baselineAverage === 0) return insightAverage === 0 ? 'none' : 'new';
  const percent = (insightAverage / baselineAverage) * 100;
  const arrow = percent >= 100 ? '↑' : '↓';
  return `${arrow} ${percent >= 1e5 ? compact.format(percent) : integers.format(percent)}%`;
}
