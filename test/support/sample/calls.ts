import type { Call, Caller } from '../recordBuilder';
import type { Random } from '../random';
import type { Scope } from './cast';

/** Times are seconds since the epoch. */
export const MINUTE = 60;
export const HOUR = 3600;
export const DAY = 86_400;

/** Monday 2026-01-12T00:00Z to Saturday 2026-01-24T00:00Z: twelve days. */
export const TRAIL_START = Date.UTC(2026, 0, 12) / 1000;
export const TRAIL_END = Date.UTC(2026, 0, 24) / 1000;

export const isWeekend = (at: number): boolean => [0, 6].includes(new Date(at * 1000).getUTCDay());

export type WhatIsCalled = Pick<Call, 'service' | 'eventName'> &
  Partial<Omit<Call, 'service' | 'eventName' | 'epochSeconds'>>;

/** A call with the members that most calls share filled in. */
export const callAt = (
  epochSeconds: number,
  scope: Scope,
  caller: Caller,
  what: WhatIsCalled,
): Call => ({
  ...scope,
  epochSeconds,
  caller,
  readOnly: false,
  requestParameters: null,
  responseElements: null,
  ...what,
});

export const hex = (random: Random, digits: number): string =>
  Array.from({ length: digits }, () => random.integer(0, 15).toString(16)).join('');
