import { describe, expect, it } from 'vitest';
import { toMinute } from '../../../src/core/activity/minute';
import {
  COLUMNS,
  columnsFitting,
  RAREST_FIRST,
  sortInsights,
} from '../../../src/ui/insights/insightColumns';
import {
  NO_FILTERS,
  facetValues,
  filterInsights,
  shortIdentity,
} from '../../../src/ui/insights/insightFilters';
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

describe('filters', () => {
  it('combine', () => {
    const filters = { ...NO_FILTERS, service: 'ssm.amazonaws.com', type: 'API error rate' };
    expect(filterInsights(all, filters)).toEqual([throttled]);
  });

  it('find every word of the text anywhere: API, service, Region, account, error', () => {
    expect(filterInsights(all, { ...NO_FILTERS, text: 'throttling SSM' })).toEqual([throttled]);
    expect(filterInsights(all, { ...NO_FILTERS, text: ' eu-west ' })).toEqual([iam]);
    expect(filterInsights(all, { ...NO_FILTERS, text: 'nowhere' })).toEqual([]);
  });

  it('count, for every value, what choosing it would leave under all the others', () => {
    const filters = { ...NO_FILTERS, service: 'ssm.amazonaws.com' };
    expect(facetValues(all, filters, 'region')).toEqual([
      { value: 'eu-west-1', count: 0 },
      { value: 'us-east-1', count: 2 },
    ]);
    expect(facetValues(all, filters, 'service')).toEqual([
      { value: 'iam.amazonaws.com', count: 1 },
      { value: 'ssm.amazonaws.com', count: 2 },
    ]);
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
    expect(visibleRows(ALL_ROWS_UP_TO, 28, 5000, 400)).toEqual({ first: 0, end: ALL_ROWS_UP_TO });
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
  const names = (width: number) => columnsFitting(width).map(({ name }) => name);

  it('are those that fit, and always the five that say what an insight is', () => {
    const five = ['eventName', 'start', 'baselineAverage', 'insightAverage', 'rateChange'];
    expect(names(10)).toEqual(five);
    expect(names(44)).toEqual([...five, 'severity', 'duration']);
    expect(columnsFitting(500)).toBe(COLUMNS);
  });

  it('never take more room than there is, where the five fit', () => {
    for (let width = 35; width < 120; width++) {
      const taken = columnsFitting(width).reduce((sum, column) => sum + column.width, 0);
      expect(taken).toBeLessThanOrEqual(width);
    }
  });
});
