import { HourState } from '../../core/activity/coverageMap';
import { MINUTES_PER_HOUR } from '../../core/activity/minute';
import { formatCounted, formatTimes, type TimeZone } from '../format';
import type { CoverageCell } from './coverageCells';

const STATE_WORDS: Record<HourState, string> = {
  [HourState.outside]: 'no logs',
  [HourState.quiet]: 'nothing happened',
  [HourState.covered]: '',
  [HourState.partly]: 'logs partly missing',
  [HourState.missing]: 'logs missing',
  [HourState.lost]: 'a log file could not be read',
};

/** What is known of a cell: its time, events and files, and what of it is missing. */
export function cellWords(
  { from, to, events, files, lost, state, hoursMissing }: CoverageCell,
  zone: TimeZone,
): string {
  const words = STATE_WORDS[state];
  const hours =
    to - from > 1 && hoursMissing > 0 ? ` in ${formatCounted(hoursMissing, 'hour')}` : '';
  return [
    formatTimes(from * MINUTES_PER_HOUR, to * MINUTES_PER_HOUR, zone),
    formatCounted(events, 'event'),
    formatCounted(files, 'file'),
    lost > 0 && state !== HourState.lost ? `${formatCounted(lost, 'file')} could not be read` : '',
    words && words + hours,
  ]
    .filter(Boolean)
    .join(' · ');
}
