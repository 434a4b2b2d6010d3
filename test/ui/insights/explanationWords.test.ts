import { describe, expect, it } from 'vitest';
import { parseMinute, toMinute } from '../../../src/core/activity/minute';
import { explanationWords, rarityWords } from '../../../src/ui/insights/explanationWords';
import { insight } from './insightBuilder';

const words = (changes: Parameters<typeof insight>[0]) =>
  explanationWords(insight(changes), 'UTC').join('\n');

describe('how rare', () => {
  it('is told in days, months or years, never more than the next smaller whole number', () => {
    expect(rarityWords(0)).toBe('less than once in 1 day');
    expect(rarityWords(Math.log10(59.9))).toBe('less than once in 59 days');
    expect(rarityWords(2)).toBe('less than once in 3 months');
    expect(rarityWords(3)).toBe('less than once in 2 years');
  });

  it('never claims more than ten years', () => {
    expect(rarityWords(9.5)).toBe('less than once in 10 years');
    expect(rarityWords(Infinity)).toBe('less than once in 10 years');
  });

  it('below a day is no rarity', () => {
    expect(rarityWords(-0.5)).toBe('about once a day');
  });
});

describe('an insight explains itself', () => {
  it('by what was counted, expected, and would have been normal', () => {
    expect(words({})).toContain(
      '875 calls in the minute 2019-11-01 20:37 UTC, about 100 expected; up to 215 would have been normal.',
    );
  });

  it('by how rare that is and what it was compared with', () => {
    expect(words({})).toContain(
      'expected less than once in 10 years in this API, judged by 698 active hours of it.',
    );
  });

  it('by the minute in which it was over', () => {
    expect(words({})).toContain('It ended at 2019-11-01 20:38 UTC');
  });

  it('without an end while it goes on', () => {
    expect(words({ ongoing: true })).toContain('no End');
    expect(words({ ongoing: true })).not.toContain('It ended');
  });

  it('in errors where it is about errors', () => {
    const errors = words({
      insightType: 'ApiErrorRateInsight',
      key: { errorCode: 'ThrottlingException' },
      explanation: { observed: 38, expected: 0.01, limit: 3 },
    });
    expect(errors).toContain('38 errors in the minute');
    expect(errors).toContain('hardly any expected');
  });

  it('in minutes with calls where these were counted', () => {
    const minutes = words({
      explanation: { observed: 14, expected: 2, limit: 9, counted: 'minutes' },
    });
    expect(minutes).toContain('14 minutes with calls in the minute');
  });

  it('by the clock where calls came between its runs', () => {
    const others = words({ explanation: { observed: 5, counted: 'calls between runs' } });
    expect(others).toContain('5 calls between the runs of a job');
    expect(others).toContain('by the clock here, and these came at other times');
  });

  it('by its busiest minute where several decided', () => {
    const from = parseMinute('2019-11-01T20:30:00Z')!;
    expect(words({ explanation: { from, to: toMinute(from + 20) } })).toContain(
      'Busiest minute: 2019-11-01 20:37 UTC with 875 calls.',
    );
  });

  it('as calls that did not come where it is a drop', () => {
    const drop = words({
      direction: 'below',
      explanation: { rule: 'silence', observed: 0, expected: 20.4, limit: 4, peakCalls: 0 },
    });
    expect(drop).toContain('0 calls in the minute 2019-11-01 20:37 UTC, where about 20 expected.');
    expect(drop).toContain('fell silent');
    expect(drop).toContain('calls had come back');
  });

  it('as the first of its kind where the logs never show it elsewhere', () => {
    const first = words({ explanation: { rule: 'first seen', observed: 6, comparedHours: 0 } });
    expect(first).toContain('none anywhere else in these logs');
    expect(first).not.toContain('judged by');
  });

  it('without any claim of rarity where under three hours of logs stand behind it', () => {
    const burst = words({ history: 'none', explanation: { rule: 'largest burst' } });
    expect(burst).toContain('Nothing can be called unusual');
    expect(burst).not.toMatch(/expected|normal\./);
  });

  it('with a warning where the history is short', () => {
    expect(words({ history: 'short' })).toContain('Short history');
  });

  it('with the true length of its baseline where the logs do not hold all of it', () => {
    expect(words({ coveredBaseline: 31 * 60 })).toContain(
      'covers 1 d 7 h instead of the usual 7 d 20 h',
    );
    expect(words({})).not.toContain('covers');
  });
});
