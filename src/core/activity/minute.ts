declare const brand: unique symbol;

/** Whole minutes since 1970-01-01T00:00Z. CloudTrail Insights knows no finer unit: every rate is calls per minute. */
export type Minute = number & { readonly [brand]: 'Minute' };

export const MINUTES_PER_HOUR = 60;
export const MINUTES_PER_DAY = 1440;

/** A plain number of minutes since the epoch as a `Minute`; fractions are cut off. */
export const toMinute = (minutes: number): Minute => Math.floor(minutes) as Minute;

/** The minute that holds an ISO time such as `2026-01-31T23:59:07Z`; null when the text is no time. */
export function parseMinute(text: string): Minute | null {
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? null : toMinute(milliseconds / 60_000);
}

/** `2026-01-31T23:59:00Z`: a minute as CloudTrail writes the `eventTime` of an Insights event. */
export const formatMinute = (minute: Minute): string =>
  `${new Date(minute * 60_000).toISOString().slice(0, 19)}Z`;

/** 00:00 UTC of the minute's day. */
export const startOfDay = (minute: Minute): Minute => toMinute(minute - (minute % MINUTES_PER_DAY));
