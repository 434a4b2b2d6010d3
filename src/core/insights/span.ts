import { MINUTES_PER_HOUR } from '../activity/minute';

/** Half-open minutes relative to the archive's start. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export const meets = (a: Span, b: Span): boolean => a.from < b.to && b.from < a.to;

/** In minutes. */
export const lengthOf = ({ from, to }: Span): number => to - from;

/** Hours since the archive's start. */
export const hourOf = (minute: number): number => Math.floor(minute / MINUTES_PER_HOUR);
