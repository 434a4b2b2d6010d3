import type { Zone } from './families';

const MINUTES_PER_DAY = 1440;
/** Monday: series start within the week from here, so that 90 days cross both changes to summer time. */
export const FIRST_MONDAY = Date.UTC(2024, 0, 15) / 60_000;
const SUMMER_FROM = {
  us: Date.UTC(2024, 2, 10, 10) / 60_000,
  eu: Date.UTC(2024, 2, 31, 1) / 60_000,
};

export interface LocalTime {
  readonly minuteOfDay: number;
  /** 0 = Monday. */
  readonly weekday: number;
  readonly day: number;
}

export function localTime({ offset, summer }: Zone, minute: number): LocalTime {
  const inSummer = summer !== '' && minute >= SUMMER_FROM[summer];
  const local = minute + offset + (inSummer ? 60 : 0);
  const day = Math.floor(local / MINUTES_PER_DAY);
  return { minuteOfDay: local - day * MINUTES_PER_DAY, weekday: (((day + 3) % 7) + 7) % 7, day };
}

export const isWeekend = ({ weekday }: LocalTime): boolean => weekday >= 5;

/** Days from a weekend to Monday; 0 on weekdays. */
export const daysToMonday = ({ weekday }: LocalTime): number => (weekday >= 5 ? 7 - weekday : 0);

/** Share of the business-hours peak at a local minute: one bump before lunch, one after. */
export function businessShare(minuteOfDay: number): number {
  const hour = minuteOfDay / 60;
  const bump = (centre: number, width: number): number =>
    Math.exp(-0.5 * ((hour - centre) / width) ** 2);
  return Math.min(1, bump(10.5, 1.6) + bump(15, 2));
}
