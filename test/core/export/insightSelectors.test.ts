import { describe, expect, it } from 'vitest';
import {
  insightSelectorsJson,
  parseInsightSelectors,
} from '../../../src/core/export/insightSelectors';
import { RefusedJson } from '../../../src/core/foreignJson';
import type { InsightType } from '../../../src/core/cloudtrail/insightsEvent';

const BOTH: InsightType[] = ['ApiCallRateInsight', 'ApiErrorRateInsight'];

describe('insight selectors', () => {
  it.each([
    ['[]', []],
    ['[{"InsightType":""}]', []],
    ['[{"InsightType":"ApiErrorRateInsight"}]', ['ApiErrorRateInsight']],
    ['[{"InsightType":"ApiErrorRateInsight"},{"InsightType":"ApiCallRateInsight"}]', BOTH],
    [
      '[{"InsightType":"ApiCallRateInsight","EventCategories":["Management","Data"]}]',
      ['ApiCallRateInsight'],
    ],
    [
      '{"TrailARN":"arn:aws:cloudtrail:us-east-1:123456789012:trail/t","InsightSelectors":[{"InsightType":"ApiCallRateInsight"}]}',
      ['ApiCallRateInsight'],
    ],
    ['{"TrailName":"t","InsightSelectors":[]}', []],
    ['{"TrailARN":"arn:aws:cloudtrail:us-east-1:123456789012:trail/t"}', []],
  ])('%s select %j', (json, insightTypes) => {
    expect(parseInsightSelectors(json).insightTypes).toEqual(insightTypes);
  });

  it('for data events alone select nothing that is judged here, and say so', () => {
    const data = '[{"InsightType":"ApiCallRateInsight","EventCategories":["Data"]}]';
    expect(parseInsightSelectors(data)).toEqual({ insightTypes: [], dataEvents: true });
  });

  it.each<InsightType[][]>([[[]], [['ApiCallRateInsight']], [BOTH]])(
    'that are exported come back: %j',
    (types) => {
      expect(parseInsightSelectors(insightSelectorsJson(types))).toEqual({
        insightTypes: types,
        dataEvents: false,
      });
    },
  );

  it.each([
    ['"off"', /^The value: expected Object, found "off"\./],
    [
      '[{"InsightType":"ApiMoodInsight"}]',
      /^InsightSelectors\[0\]\.InsightType: expected .*, found "ApiMoodInsight"\./,
    ],
    [
      '[{"EventCategories":[]}]',
      /^InsightSelectors\[0\]\.InsightType: expected "InsightType", found nothing\./,
    ],
    [
      '{"InsightSelectors":[{"InsightType":"","EventCategories":"Data"}]}',
      /^InsightSelectors\[0\]\.EventCategories: expected Array, found "Data"\./,
    ],
    ['[{"__proto__":{}}]', /^\[0\]\.__proto__/],
    ['[', /^Not JSON/],
  ])('such as %s are refused by path and value', (json, message) => {
    expect(() => parseInsightSelectors(json)).toThrow(RefusedJson);
    expect(() => parseInsightSelectors(json)).toThrow(message);
  });
});
