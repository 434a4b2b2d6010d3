import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COLUMN_NAMES } from '../../../src/ui/insights/insightColumns';
import { FIELDS } from '../../../src/ui/insights/insightValues';
import { GROUPINGS, ROW_ORDERS } from '../../../src/ui/overview/lines';
import {
  FRESH_VIEW,
  formatFragment,
  parseFragment,
  TABS,
  type View,
} from '../../../src/ui/view/viewFragment';

const fresh: View = { ...FRESH_VIEW, analysis: null, zone: null };

const ref = fc.nat({ max: 999_999_999 });
const minute = fc.integer({ min: -99_999_999, max: 999_999_999 });
const id = fc.option(fc.string({ minLength: 1, unit: 'binary' }), { nil: null });
const anyView = fc.record<View>({
  analysis: id,
  insight: id,
  series: fc.option(fc.record({ api: ref, errorCode: fc.option(ref, { nil: null }) }), {
    nil: null,
  }),
  zone: fc.constantFrom('local' as const, null),
  span: fc.option(
    fc
      .tuple(minute, minute)
      .filter(([from, to]) => from < to)
      .map(([from, to]) => ({ from, to })),
    { nil: null },
  ),
  graphFollows: fc.boolean(),
  filters: fc
    .array(fc.record({ field: fc.constantFrom(...FIELDS), value: ref, without: fc.boolean() }), {
      maxLength: 20,
    })
    .map((filters) => filters.sort((a, b) => Number(a.without) - Number(b.without))),
  sorting: fc.option(
    fc.record({ column: fc.constantFrom(...COLUMN_NAMES), descending: fc.boolean() }),
    { nil: null },
  ),
  order: fc.constantFrom(...ROW_ORDERS),
  grouping: fc.constantFrom(...GROUPINGS),
  tab: fc.constantFrom(...TABS),
  text: fc.constant(''),
});

describe('the URL fragment', () => {
  it('is empty on the start screen', () => {
    expect(formatFragment(fresh)).toBe('');
    expect(parseFragment('')).toEqual(fresh);
  });

  it('says all that is shown in places, minutes and words of our own', () => {
    const view: View = {
      ...fresh,
      analysis: 'a1',
      insight: 'i2',
      zone: 'local',
      span: { from: -5, to: 60 },
      filters: [
        { field: 'region', value: 7, without: false },
        { field: 'identity', value: 12, without: true },
      ],
      sorting: { column: 'start', descending: true },
      grouping: 'service',
      tab: 'why',
    };
    expect(formatFragment(view)).toBe(
      'analysis=a1&insight=i2&span=-5_60&only=region.7&without=identity.12&sort=start-&group=service&tab=why&zone=local',
    );
  });

  it('leaves UTC out, so that a link does not change the time zone of whoever opens it', () => {
    expect(formatFragment({ ...fresh, analysis: 'a1', zone: 'UTC' })).toBe('analysis=a1');
  });

  it('never holds what was typed: it may be a name out of the logs', () => {
    expect(formatFragment({ ...fresh, text: 'arn:aws:iam::111122223333:role/admin' })).toBe('');
  });

  it('ignores what it does not know', () => {
    const nonsense =
      'zone=Mars&span=9_3&span=x&only=region&only=region.-1&only=__proto__.3&sort=constructor&group=toString&tab=&series=1.2.3&order=<script>';
    expect(parseFragment(nonsense)).toEqual(fresh);
  });

  it('gives back what it was made of, whatever the ids hold', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        expect(parseFragment(formatFragment(view))).toEqual(view);
      }),
    );
  });

  it('of any text is read as some view, and that view is written and read again the same', () => {
    const name = fc.constantFrom(
      'analysis',
      'insight',
      'series',
      'span',
      'only',
      'without',
      'sort',
    );
    const hostile = fc
      .array(fc.tuple(name, fc.string({ unit: 'binary' })))
      .map((fields) => fields.map(([key, value]) => `${key}=${value}`).join('&'));
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string({ unit: 'binary' })), (fragment) => {
        const view = parseFragment(fragment);
        expect(parseFragment(formatFragment(view))).toEqual({
          ...view,
          zone: view.zone === 'UTC' ? null : view.zone,
        });
      }),
    );
  });

  it('of a thousand filters keeps a few', () => {
    const many = Array.from({ length: 1000 }, (_, i) => `only=api.${i}`).join('&');
    expect(parseFragment(many).filters).toHaveLength(64);
  });
});
