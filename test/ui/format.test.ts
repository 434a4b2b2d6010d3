import { describe, expect, it } from 'vitest';
import { parseMinute, toMinute } from '../../src/core/activity/minute';
import {
  formatBytes,
  formatClock,
  formatCount,
  formatDuration,
  formatExactRate,
  formatOffset,
  formatRate,
  formatRateChange,
  formatSeconds,
  formatSpan,
  formatTime,
  insightMark,
} from '../../src/ui/format';

const at = (text: string) => parseMinute(text)!;

describe('numbers', () => {
  it('group thousands the same way for everybody', () => {
    expect(formatCount(1234567)).toBe('1,234,567');
  });

  it('show three significant digits of a rate below one, two of a very small one', () => {
    expect(formatRate(0.0017857143)).toBe('0.00179');
    expect(formatRate(0.0000882145)).toBe('0.000088');
    expect(formatRate(0)).toBe('0');
  });

  it('show a rate of one and more with at most two decimals', () => {
    expect(formatRate(875)).toBe('875');
    expect(formatRate(100.4202380952)).toBe('100.42');
  });

  it('keep all ten decimals where the exact rate is asked for', () => {
    expect(formatExactRate(0.0000882145)).toBe('0.0000882145');
    expect(formatExactRate(85.4202380952)).toBe('85.4202380952');
  });

  it('count bytes in powers of ten', () => {
    expect(formatBytes(0)).toBe('0 B');
    expect(formatBytes(999)).toBe('999 B');
    expect(formatBytes(12_540_000)).toBe('12.5 MB');
    expect(formatBytes(123_400_000_000)).toBe('123 GB');
  });
});

describe('durations', () => {
  it('show the two largest units', () => {
    expect(formatDuration(1)).toBe('1 min');
    expect(formatDuration(200)).toBe('3 h 20 min');
    expect(formatDuration(180)).toBe('3 h');
    expect(formatDuration(2 * 1440 + 4 * 60 + 7)).toBe('2 d 4 h');
    expect(formatDuration(0)).toBe('0 min');
  });

  it('of waiting are coarse', () => {
    expect(formatSeconds(0.2)).toBe('1 s');
    expect(formatSeconds(59.5)).toBe('60 s');
    expect(formatSeconds(3900)).toBe('1 h 5 min');
  });
});

describe('times', () => {
  it('in UTC say so', () => {
    expect(formatTime(at('2019-11-01T20:37:00Z'), 'UTC')).toBe('2019-11-01 20:37 UTC');
  });

  it('in local time show the offset of that very moment, summer and winter', () => {
    expect(formatTime(at('2026-07-01T06:30:00Z'), 'local')).toBe('2026-06-30 23:30 UTC−07:00');
    expect(formatTime(at('2026-01-01T06:30:00Z'), 'local')).toBe('2025-12-31 22:30 UTC−08:00');
    expect(formatOffset(at('2026-01-01T06:30:00Z'), 'local')).toBe('UTC−08:00');
  });

  it('repeat an hour by the wall clock when summer time ends, told apart by the offset', () => {
    expect(formatTime(at('2026-11-01T08:30:00Z'), 'local')).toBe('2026-11-01 01:30 UTC−07:00');
    expect(formatTime(at('2026-11-01T09:30:00Z'), 'local')).toBe('2026-11-01 01:30 UTC−08:00');
  });

  it('have a wall clock of their own for axes', () => {
    expect(formatClock(at('2026-07-01T06:30:00Z'), 'local')).toBe('23:30');
    expect(formatClock(at('2026-07-01T06:30:00Z'), 'UTC')).toBe('06:30');
  });

  it('span days, the year once when both share it', () => {
    expect(formatSpan(at('2026-01-12T00:00:00Z'), at('2026-02-12T00:00:00Z'), 'UTC')).toBe(
      '2026-01-12 … 02-11',
    );
    expect(formatSpan(at('2025-12-30T00:00:00Z'), at('2026-01-02T08:00:00Z'), 'UTC')).toBe(
      '2025-12-30 … 2026-01-02',
    );
    expect(formatSpan(at('2023-07-10T11:40:00Z'), at('2023-07-10T12:35:00Z'), 'UTC')).toBe(
      '2023-07-10 11:40–12:35',
    );
    expect(formatSpan(toMinute(0), toMinute(0), 'UTC')).toBe('1970-01-01 00:00–00:00');
  });
});

describe('an insight', () => {
  it('is marked by shape and words, not by colour alone', () => {
    const mark = (direction: 'above' | 'below', error = false) =>
      insightMark({
        direction,
        insightType: error ? 'ApiErrorRateInsight' : 'ApiCallRateInsight',
      });
    expect([mark('above'), mark('above', true), mark('below')].map((m) => m.shape)).toEqual([
      '▲',
      '◆',
      '▽',
    ]);
  });

  it('shows its rate change as the ratio in percent with an arrow, as AWS does', () => {
    expect(formatRateChange(1, 3)).toBe('↑ 300%');
    expect(formatRateChange(20, 0)).toBe('↓ 0%');
    expect(formatRateChange(0.0261, 35)).toBe('↑ 134.1K%');
    expect(formatRateChange(0.0000882145, 3)).toBe('↑ 3.4M%');
  });

  it('is called new where the baseline is 0 and a ratio would mean nothing', () => {
    expect(formatRateChange(0, 2)).toBe('new');
    expect(formatRateChange(0, 0)).toBe('none');
  });
});
