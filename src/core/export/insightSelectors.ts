import * as v from 'valibot';
import type { InsightType } from '../cloudtrail/insightsEvent';
import { checked, parseForeignJson } from '../foreignJson';

/** As `PutInsightSelectors` takes and `GetInsightSelectors` gives them. */
export interface InsightSelector {
  readonly InsightType: InsightType;
  readonly EventCategories?: readonly ('Management' | 'Data')[];
}

/** What selectors say about what Trailglass judges. */
export interface SelectedInsights {
  /** In AWS's order; empty when Insights are off. */
  readonly insightTypes: readonly InsightType[];
  /** True where selectors ask for insights on data events too, which Trailglass does not judge. */
  readonly dataEvents: boolean;
}

const TYPES: readonly InsightType[] = ['ApiCallRateInsight', 'ApiErrorRateInsight'];

/** The launch answer for "off" was one selector with an empty type; later it was an empty list. */
const Selector = v.looseObject({
  InsightType: v.picklist(['', ...TYPES]),
  EventCategories: v.nullish(v.array(v.picklist(['Management', 'Data']))),
});
const Selectors = v.pipe(v.array(Selector), v.maxLength(100, 'at most 100 selectors'));
const Answer = v.looseObject({ InsightSelectors: v.nullish(Selectors) });

/**
 * Insight selectors as AWS writes them: the bare list, or the `GetInsightSelectors` answer and `PutInsightSelectors`
 * request around it. `[{"InsightType":""}]` and `[]` mean off. Throws `RefusedJson`.
 */
export function parseInsightSelectors(json: string): SelectedInsights {
  const value = parseForeignJson(json);
  const selectors = Array.isArray(value)
    ? checked(Selectors, value, 'InsightSelectors')
    : (checked(Answer, value, '').InsightSelectors ?? []);
  const asks = (type: InsightType, category: 'Management' | 'Data') =>
    selectors.some(
      ({ InsightType, EventCategories }) =>
        InsightType === type && (EventCategories ?? ['Management']).includes(category),
    );
  return {
    insightTypes: TYPES.filter((type) => asks(type, 'Management')),
    dataEvents: TYPES.some((type) => asks(type, 'Data')),
  };
}

/** The selectors of some types; an empty list is off. */
const toInsightSelectors = (insightTypes: readonly InsightType[]): InsightSelector[] =>
  TYPES.filter((type) => insightTypes.includes(type)).map((InsightType) => ({ InsightType }));

/** What `aws cloudtrail put-insight-selectors --insight-selectors` takes. */
export const insightSelectorsJson = (insightTypes: readonly InsightType[]): string =>
  `${JSON.stringify(toInsightSelectors(insightTypes), null, 2)}\n`;
