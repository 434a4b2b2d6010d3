import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatFragment, parseFragment, type View } from '../../src/ui/viewFragment';

describe('the URL fragment', () => {
  it('is empty on the start screen', () => {
    expect(formatFragment({ analysis: null, insight: null, zone: null })).toBe('');
    expect(parseFragment('')).toEqual({ analysis: null, insight: null, zone: null });
  });

  it('names analysis, insight and local time', () => {
    expect(formatFragment({ analysis: 'a1', insight: 'i2', zone: 'local' })).toBe(
      'analysis=a1&insight=i2&zone=local',
    );
  });

  it('leaves UTC out, so that a link does not change the time zone of whoever opens it', () => {
    expect(formatFragment({ analysis: 'a1', insight: null, zone: 'UTC' })).toBe('analysis=a1');
  });

  it('ignores a time zone it does not know', () => {
    expect(parseFragment('analysis=a1&zone=Mars').zone).toBeNull();
  });

  it('gives back what it was made of, whatever the ids hold', () => {
    const id = fc.option(fc.string({ minLength: 1, unit: 'binary' }), { nil: null });
    const view = fc.record<View>({
      analysis: id,
      insight: id,
      zone: fc.constantFrom('local' as const, null),
    });
    fc.assert(
      fc.property(view, (view) => {
        expect(parseFragment(formatFragment(view))).toEqual(view);
      }),
    );
  });
});
