import { describe, expect, it } from 'vitest';
import { toMinute } from '../../../src/core/activity/minute';
import {
  COLUMNS,
  columnsBelow,
  columnsFitting,
  rowFormOf,
  RAREST_FIRST,
  sortInsights,
} from '../../../src/ui/insights/insightColumns';
import { fieldValues } from '../../../src/ui/insights/fieldValues';
import {
  NO_FILTERS,
  filterInsights,
  shownAnyway,
  type Condition,
  type InsightFilters,
} from '../../../src/ui/insights/insightFilters';
import { shortIdentity, topIdentity } from '../../../src/ui/insights/insightValues';
import { sameSeries } from '../../../src/ui/insights/relatedInsights';
import { ALL_ROWS_UP_TO, visibleRows } from '../../../src/ui/insights/visibleRows';
import { insight } from './insightBuilder';

const ssm = insight({ severity: 5, start: toMinute(100), end: toMinute(101) });
const throttled = insight({
  severity: 4,
  insightType: 'ApiErrorRateInsight',
  key: { eventName: 'DeleteParameter', errorCode: 'ThrottlingException' },
});
const iam = insight({
  severity: 9,
  key: { eventSource: 'iam.amazonaws.com', eventName: 'AttachUserPolicy', awsRegion: 'eu-west-1' },
});
const all = [iam, ssm, throttled];

const only = (field: Condition['field'], value: string): Condition => ({
  field,
  value,
  without: false,
});
const without = (field: Condition['field'], value: string): Condition => ({
  field,
  value,
  without: true,
});
const asking = (...conditions: Condition[]) => ({ ...NO_FILTERS, conditions });
const valuesOf = (filters: InsightFilters, field: Condition['field']) =>
  fieldValues(all, filters, field);

describe('filters', () => {
  it('combine', () => {
    const filters = asking(only('service', 'ssm.amazonaws.com'), only('type', 'API error rate'));
    expect(filterInsights(all, filters)).toEqual([throttled]);
  });

  it('take values of one field as alternatives', () => {
    const filters = asking(only('region', 'eu-west-1'), only('region', 'us-east-1'));
    expect(filterInsights(all, filters)).toEqual(all);
  });

  it('leave out what must not be, whatever else is asked', () => {
    const filters = asking(
      only('service', 'ssm.amazonaws.com'),
      without('errorCode', 'ThrottlingException'),
    );
    expect(filterInsights(all, filters)).toEqual([ssm]);
    expect(filterInsights(all, asking(without('service', 'ssm.amazonaws.com')))).toEqual([iam]);
  });

  it('find an identity among all that took part, not only the first', () => {
    const took = insight({
      attributions: [
        {
          attribute: 'userIdentityArn',
          insight: [
            { value: 'arn:a', average: 9 },
            { value: 'arn:b', average: 1 },
          ],
          baseline: [],
        },
      ],
    });
    expect(filterInsights([took, ssm], asking(only('identity', 'arn:b')))).toEqual([took]);
  });

  it('find every word of the text anywhere: API, service, Region, account, error', () => {
    expect(filterInsights(all, { ...NO_FILTERS, text: 'throttling SSM' })).toEqual([throttled]);
    expect(filterInsights(all, { ...NO_FILTERS, text: ' eu-west ' })).toEqual([iam]);
    expect(filterInsights(all, { ...NO_FILTERS, text: 'nowhere' })).toEqual([]);
  });

  it('count, for every value, what asking for it alone would leave under all the others', () => {
    const filters = asking(only('service', 'ssm.amazonaws.com'));
    expect(valuesOf(filters, 'region')).toEqual([
      { value: 'eu-west-1', count: 0 },
      { value: 'us-east-1', count: 2 },
    ]);
    expect(valuesOf(filters, 'service')).toEqual([
      { value: 'iam.amazonaws.com', count: 1 },
      { value: 'ssm.amazonaws.com', count: 2 },
    ]);
  });
});

describe('the overview', () => {
  const quiet = { ...ssm.key, eventName: 'PutParameter' };

  it('shows series that are what is asked for, also without an insight that passes', () => {
    const shows = shownAnyway(asking(only('service', 'ssm.amazonaws.com')));
    expect([quiet, ssm.key, iam.key].map(shows)).toEqual([true, true, false]);
    expect(shownAnyway({ ...NO_FILTERS, text: 'putparam' })(quiet)).toBe(true);
    expect(shownAnyway({ ...NO_FILTERS, text: 'putparam' })(iam.key)).toBe(false);
  });

  it('shows no other series where the question is about insights', () => {
    const shows = shownAnyway(asking(only('type', 'API error rate')));
    expect([quiet, ssm.key, throttled.key].map(shows)).toEqual([false, false, false]);
  });
});

describe('sorting', () => {
  it('begins with the rarest', () => {
    expect(sortInsights([ssm, throttled, iam], RAREST_FIRST)).toEqual([iam, ssm, throttled]);
  });

  it('keeps the order of those that tie', () => {
    const by = { column: 'region', descending: false } as const;
    expect(sortInsights(all, by)).toEqual([iam, ssm, throttled]);
    expect(sortInsights(all, { ...by, descending: true })).toEqual([ssm, throttled, iam]);
  });

  it('puts a change from a baseline of 0 above every ratio', () => {
    const statistics = { ...iam.statistics, baseline: { average: 0 } };
    const first = insight({ statistics });
    const by = { column: 'rateChange', descending: true } as const;
    expect(sortInsights([ssm, first], by)).toEqual([first, ssm]);
  });
});

describe('an identity', () => {
  it('is nobody’s where the records name none, not AWS’s word null', () => {
    const nobody = insight({
      attributions: [
        {
          attribute: 'userIdentityArn',
          insight: [{ value: 'null', average: 5 }],
          baseline: [],
        },
      ],
    });
    expect(topIdentity(nobody)).toBe('');
  });

  it('is shown without what all ARNs of the account repeat', () => {
    expect(shortIdentity('arn:aws:sts::123456789012:assumed-role/Admin')).toBe(
      'assumed-role/Admin',
    );
    expect(shortIdentity('autoscaling.amazonaws.com')).toBe('autoscaling.amazonaws.com');
    expect(shortIdentity('arn:odd')).toBe('arn:odd');
  });
});

describe('related insights', () => {
  it('are those of the same API, error code and type', () => {
    expect(sameSeries(ssm, insight())).toBe(true);
    expect(sameSeries(ssm, iam)).toBe(false);
    expect(sameSeries(throttled, insight({ key: { eventName: 'DeleteParameter' } }))).toBe(false);
  });
});

describe('rows in sight', () => {
  it('are all of a list of moderate length', () => {
    const all = { first: 0, end: ALL_ROWS_UP_TO };
    expect(visibleRows(ALL_ROWS_UP_TO, 28, 5000, 400, ALL_ROWS_UP_TO)).toEqual(all);
  });

  it('of such a list are at first those in sight and all above them', () => {
    const { first, end } = visibleRows(ALL_ROWS_UP_TO, 28, 560, 400, 5);
    expect(first).toBe(0);
    expect(end).toBeGreaterThanOrEqual(35);
    expect(end).toBeLessThan(60);
  });

  it('of a long list cover the viewport and a margin, wherever it is scrolled', () => {
    for (let scrollTop = 0; scrollTop <= 2000 * 28; scrollTop += 333) {
      const { first, end } = visibleRows(2000, 28, scrollTop, 400);
      expect(first).toBeLessThanOrEqual(Math.min(1999, scrollTop / 28));
      expect(end).toBeGreaterThanOrEqual(Math.min(2000, (scrollTop + 400) / 28));
      expect(end - first).toBeLessThan(50);
    }
  });
});

describe('columns', () => {
  const five = ['eventName', 'start', 'baselineAverage', 'insightAverage', 'rateChange'];
  const names = (width: number) => columnsFitting(width).map(({ name }) => name);

  it('are those that fit, and always the five that say what an insight is', () => {
    expect(names(38)).toEqual(five);
    expect(names(46)).toEqual([...five, 'severity']);
    expect(columnsFitting(107)).toEqual(COLUMNS);
  });

  it('do without those that stand below another where rows fold', () => {
    expect(names(65)).toEqual([...five, 'severity', 'insightType', 'region', 'account']);
  });

  it('tell where and who below the numbers of folded rows, where there is no room beside', () => {
    const below = (width: number, hidden?: string[]) =>
      columnsBelow(width, hidden).map(({ name }) => name);
    expect(below(43.3)).toEqual(['region', 'account', 'identity']);
    expect(below(40)).toEqual(['region', 'identity']);
    expect(below(65)).toEqual(['identity']);
    expect(below(43, ['account'])).toEqual(['region', 'identity']);
    expect(below(20)).toEqual([]);
    expect(below(107)).toEqual([]);
  });

  it('are all at the choice of a compact row', () => {
    expect(names(20)).toEqual(COLUMNS.map(({ name }) => name));
  });

  it('leave out what nobody wants to see, but never the five', () => {
    const hidden = ['severity', 'start'];
    const shown = columnsFitting(57, hidden).map(({ name }) => name);
    expect(shown).toEqual([...five, 'insightType', 'region']);
  });

  it('never take more room than there is, where the five fit', () => {
    for (let width = 38; width < 120; width++) {
      const widthOf = rowFormOf(width) === 'plain' ? 'width' : 'folded';
      const taken = columnsFitting(width).reduce((sum, column) => sum + column[widthOf]!, 0);
      expect(taken).toBeLessThanOrEqual(width);
    }
  });
});
