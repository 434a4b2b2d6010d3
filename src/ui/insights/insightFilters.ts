import type { Minute } from '../../core/activity/minute';
import type { Insight } from '../../core/insights/insight';
import type { Found, ListedInsight } from '../../core/insights/listedInsights';
import { insightMark } from '../format';

/** What the list can be narrowed by; every value comes with the number of insights it leaves. */
export const FACETS = ['type', 'service', 'region', 'account', 'direction', 'found'] as const;
export type Facet = (typeof FACETS)[number];

export interface InsightFilters extends Readonly<Record<Facet, string | null>> {
  readonly text: string;
  /** Only insights that touch these minutes, [from, to). */
  readonly span: { readonly from: Minute; readonly to: Minute } | null;
}

export const NO_FILTERS: InsightFilters = {
  text: '',
  span: null,
  type: null,
  service: null,
  region: null,
  account: null,
  direction: null,
  found: null,
};

/** `API call rate` or `API error rate`, as AWS's console names the two types. */
export const typeWords = (insight: Pick<Insight, 'insightType'>): string =>
  insight.insightType === 'ApiErrorRateInsight' ? 'API error rate' : 'API call rate';

/** The identity that called most during the insight; empty where none is known. */
export const topIdentity = (insight: Insight): string =>
  insight.attributions.find(({ attribute }) => attribute === 'userIdentityArn')?.insight[0]
    ?.value ?? '';

/** `assumed-role/ci-deployer`: an ARN without what every other ARN of the account repeats. */
export const shortIdentity = (arn: string): string =>
  arn.startsWith('arn:') ? arn.split(':').slice(5).join(':') || arn : arn;

const FOUND_WORDS: Readonly<Record<Found['by'], string>> = {
  both: 'AWS and Trailglass',
  AWS: 'only AWS',
  Trailglass: 'only Trailglass',
};

/** Who found it; empty where the logs hold none of AWS's Insights events. */
export const foundWords = ({ found }: ListedInsight): string =>
  found === undefined ? '' : FOUND_WORDS[found.by];

export function facetValue(insight: ListedInsight, facet: Facet): string {
  switch (facet) {
    case 'type':
      return typeWords(insight);
    case 'service':
      return insight.key.eventSource;
    case 'region':
      return insight.key.awsRegion;
    case 'account':
      return insight.key.recipientAccountId;
    case 'direction':
      return insightMark(insight).words;
    case 'found':
      return foundWords(insight);
  }
}

const matchesText = (insight: Insight, words: readonly string[]): boolean => {
  const { eventName, eventSource, awsRegion, recipientAccountId, errorCode = '' } = insight.key;
  const text =
    `${eventName} ${eventSource} ${awsRegion} ${recipientAccountId} ${errorCode} ${topIdentity(insight)}`.toLowerCase();
  return words.every((word) => text.includes(word));
};

const wordsOf = (text: string): string[] => text.toLowerCase().split(/\s+/).filter(Boolean);

const passes = (insight: ListedInsight, filters: InsightFilters, except?: Facet): boolean =>
  (filters.span === null || (insight.end > filters.span.from && insight.start < filters.span.to)) &&
  FACETS.every(
    (facet) =>
      facet === except || filters[facet] === null || facetValue(insight, facet) === filters[facet],
  );

/** Insights that every filter lets through, in their order. */
export function filterInsights(
  insights: readonly Insight[],
  filters: InsightFilters,
): readonly Insight[] {
  const words = wordsOf(filters.text);
  return insights.filter((insight) => passes(insight, filters) && matchesText(insight, words));
}

export interface FacetValue {
  readonly value: string;
  readonly count: number;
}

/** Values of one facet with how many insights each would leave under all the other filters, by name. */
export function facetValues(
  insights: readonly Insight[],
  filters: InsightFilters,
  facet: Facet,
): FacetValue[] {
  const words = wordsOf(filters.text);
  const counts = new Map<string, number>();
  for (const insight of insights) {
    const value = facetValue(insight, facet);
    const left = passes(insight, filters, facet) && matchesText(insight, words) ? 1 : 0;
    counts.set(value, (counts.get(value) ?? 0) + left);
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => (a.value < b.value ? -1 : 1));
}
