import { ABSENT } from '../../core/insights/attribution';
import type { Insight } from '../../core/insights/insight';
import type { Found, ListedInsight } from '../../core/insights/listedInsights';
import { insightMark } from '../format';

/** What insights can be told apart by; every field may be asked for, or asked to be absent. */
export const FIELDS = [
  'type',
  'api',
  'errorCode',
  'service',
  'region',
  'account',
  'identity',
  'userAgent',
  'direction',
  'found',
] as const;
export type Field = (typeof FIELDS)[number];

export const FIELD_WORDS: Readonly<Record<Field, string>> = {
  type: 'type',
  api: 'API',
  errorCode: 'error code',
  service: 'service',
  region: 'Region',
  account: 'account',
  identity: 'identity',
  userAgent: 'user agent',
  direction: 'direction',
  found: 'who found it',
};

const TYPES = ['API call rate', 'API error rate'] as const;
const FOUND_WORDS: Readonly<Record<Found['by'], string>> = {
  both: 'AWS and Trailglass',
  AWS: 'only AWS',
  Trailglass: 'only Trailglass',
};

/** Fields whose values are our own words: all of them, in a fixed order. */
export const OWN_WORDS: Partial<Readonly<Record<Field, readonly string[]>>> = {
  type: TYPES,
  direction: ['Rise in calls', 'Rise in errors', 'Drop'],
  found: Object.values(FOUND_WORDS),
};

/** `API call rate` or `API error rate`, as AWS's console names the two types. */
export const typeWords = (insight: Pick<Insight, 'insightType'>): string =>
  TYPES[insight.insightType === 'ApiErrorRateInsight' ? 1 : 0];

/** Who found it; empty where the logs hold none of AWS's Insights events. */
export const foundWords = ({ found }: ListedInsight): string =>
  found === undefined ? '' : FOUND_WORDS[found.by];

/** `assumed-role/ci-deployer`: an ARN without what every other ARN of the account repeats. */
export const shortIdentity = (arn: string): string =>
  arn.startsWith('arn:') ? arn.split(':').slice(5).join(':') || arn : arn;

/** Values of an attribute that the records name during the insight, the one with the most calls first. */
const attributed = (
  { attributions }: Insight,
  attribute: 'userIdentityArn' | 'userAgent' | 'errorCode',
): readonly string[] =>
  (attributions.find((each) => each.attribute === attribute)?.insight ?? [])
    .map(({ value }) => value)
    .filter((value) => value !== ABSENT);

/** The identity that called most during the insight; empty where none is known. */
export const topIdentity = (insight: Insight): string =>
  attributed(insight, 'userIdentityArn')[0] ?? '';

/** What an insight has in a field: one value, or several where more than one identity, user agent or error code took part. */
export function valuesOf(insight: ListedInsight, field: Field): readonly string[] {
  const { key } = insight;
  switch (field) {
    case 'type':
      return [typeWords(insight)];
    case 'api':
      return [key.eventName];
    case 'errorCode':
      return key.errorCode === undefined ? attributed(insight, 'errorCode') : [key.errorCode];
    case 'service':
      return [key.eventSource];
    case 'region':
      return [key.awsRegion];
    case 'account':
      return [key.recipientAccountId];
    case 'identity':
      return attributed(insight, 'userIdentityArn');
    case 'userAgent':
      return attributed(insight, 'userAgent');
    case 'direction':
      return [insightMark(insight).words];
    case 'found':
      return insight.found === undefined ? [] : [foundWords(insight)];
  }
}
