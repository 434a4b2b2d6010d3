import { decodeUtf8 } from './utf8';

declare const brand: unique symbol;

/** Whole minutes since 1970-01-01T00:00Z. CloudTrail Insights knows no finer unit: every rate is calls per minute. */
export type Minute = number & { readonly [brand]: 'Minute' };

export const MINUTES_PER_HOUR = 60;
export const MINUTES_PER_DAY = 1440;

/** A plain number of minutes since the epoch as a `Minute`; fractions are cut off. */
export const toMinute = (minutes: number): Minute => Math.floor(minutes) as Minute;

/** `2015-01-16T03: 53: 34Z`, `2026-01-31 23:59:07.123+01:00`: all that CloudTrail and its exports were seen to write. */
const ISO_TIME =
  /^\s*(\d{4})-(\d\d)-(\d\d)(?:[T\s]\s*(\d\d):\s*(\d\d)(?::\s*(\d\d)(?:[.,]\d+)?)?)?\s*(?:(z|utc|gmt)|([+-])(\d\d):?(\d\d)?)?\s*$/i;

/** Seconds, or milliseconds, since the epoch: 2001 to 2286. */
const EPOCH_TIME = /^\s*(\d{10})(\d{3})?(?:\.\d+)?\s*$/;

/** The minute that holds a time; without an offset it is UTC. Null when the text is no time, or one before 1970. */
export function parseMinute(text: string): Minute | null {
  const epoch = EPOCH_TIME.exec(text);
  if (epoch !== null) return toMinute(Number(epoch[1]) / 60);
  const parts = ISO_TIME.exec(text);
  if (parts === null) return null;
  const [year, month, day, hour, minute, second] = parts
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const local = minuteOf(year, month, day, hour, minute, second);
  const offset = Number(parts[9] ?? 0) * 60 + Number(parts[10] ?? 0);
  const utc = parts[8] === '-' ? local + offset : local - offset;
  return local < 0 || utc < 0 ? null : toMinute(utc);
}

/**
 * The minute that holds the time in bytes [start, end); -1 when it is no time. `2026-01-31T23:59:07Z`, the form of every
 * record that CloudTrail itself writes, is read without making a string.
 */
export function minuteOfBytes(bytes: Uint8Array, start: number, end: number): number {
  if (end - start === 20 && isPlain(bytes, start)) {
    const two = (at: number) => twoDigits(bytes, start + at);
    const minute = minuteOf(two(0) * 100 + two(2), two(5), two(8), two(11), two(14), two(17));
    if (minute >= 0) return minute;
  }
  return parseMinute(decodeUtf8(bytes, start, Math.min(end, start + 64))) ?? -1;
}

/** `____-__-__T__:__:__Z` with digits. */
function isPlain(bytes: Uint8Array, start: number): boolean {
  const isPunctuated =
    bytes[start + 4] === 0x2d &&
    bytes[start + 7] === 0x2d &&
    bytes[start + 10] === 0x54 &&
    bytes[start + 13] === 0x3a &&
    bytes[start + 16] === 0x3a &&
    bytes[start + 19] === 0x5a;
  return (
    isPunctuated &&
    isTwoDigits(bytes, start) &&
    isTwoDigits(bytes, start + 2) &&
    isTwoDigits(bytes, start + 5) &&
    isTwoDigits(bytes, start + 8) &&
    isTwoDigits(bytes, start + 11) &&
    isTwoDigits(bytes, start + 14) &&
    isTwoDigits(bytes, start + 17)
  );
}

const isTwoDigits = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] >= 0x30 && bytes[at] <= 0x39 && bytes[at + 1] >= 0x30 && bytes[at + 1] <= 0x39;

const twoDigits = (bytes: Uint8Array, at: number): number => bytes[at] * 10 + bytes[at + 1] - 528;

/** -1 when there is no such minute. Second 60 is a leap second and belongs to its minute. */
function minuteOf(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
) {
  const isTime = hour < 24 && minute < 60 && second <= 60;
  if (!isTime || year < 1970 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month))
    return -1;
  return daysBefore(year, month, day) * MINUTES_PER_DAY + hour * MINUTES_PER_HOUR + minute;
}

const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

const daysIn = (year: number, month: number) =>
  month === 2 ? (isLeap(year) ? 29 : 28) : 30 + ((month + (month >> 3)) & 1);

/** Days from 1970-01-01, with the year begun in March so that a leap day comes last. */
function daysBefore(year: number, month: number, day: number): number {
  const y = month > 2 ? year : year - 1;
  const leapDays = Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return y * 365 + leapDays + dayOfYear - 719_468;
}

/** `2026-01-31T23:59:00Z`: a minute as CloudTrail writes the `eventTime` of an Insights event. */
export const formatMinute = (minute: Minute): string =>
  `${new Date(minute * 60_000).toISOString().slice(0, 19)}Z`;

/** 00:00 UTC of the minute's day. */
export const startOfDay = (minute: Minute): Minute => toMinute(minute - (minute % MINUTES_PER_DAY));
