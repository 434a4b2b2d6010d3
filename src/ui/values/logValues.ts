import type { SeriesKey } from '../../core/activity/callSeries';
import { topIdentity, typeWords } from '../insights/insightValues';
import type { Insight } from '../../core/insights/insight';
import type { LogValue } from './valueMenu.svelte';

/** The values of a series as things to ask for or to leave out. */
export const apiValue = ({ eventSource, eventName }: SeriesKey): LogValue => ({
  value: eventName,
  what: 'API',
  field: 'api',
  muted: { eventSource, eventName },
});

export const errorCodeValue = (errorCode: string): LogValue => ({
  value: errorCode,
  what: 'error code',
  field: 'errorCode',
  muted: null,
});

export const serviceValue = ({ eventSource }: SeriesKey): LogValue => ({
  value: eventSource,
  what: 'service',
  field: 'service',
  muted: { eventSource },
});

export const regionValue = ({ awsRegion }: SeriesKey): LogValue => ({
  value: awsRegion,
  what: 'Region',
  field: 'region',
  muted: { awsRegion },
});

export const accountValue = ({ recipientAccountId }: SeriesKey): LogValue => ({
  value: recipientAccountId,
  what: 'account',
  field: 'account',
  muted: { recipientAccountId },
});

export const identityValue = (userIdentityArn: string): LogValue => ({
  value: userIdentityArn,
  what: 'identity',
  field: 'identity',
  muted: { userIdentityArn },
});

export const typeValue = (insight: Pick<Insight, 'insightType'>): LogValue => ({
  value: typeWords(insight),
  what: 'type',
  field: 'type',
  muted: null,
});

/** All values of a series that something can be done with. */
export const valuesOfSeries = (key: SeriesKey): LogValue[] => [
  apiValue(key),
  ...(key.errorCode === undefined ? [] : [errorCodeValue(key.errorCode)]),
  serviceValue(key),
  regionValue(key),
  accountValue(key),
];

/** The same of an insight. */
export function valuesOfInsight(insight: Insight): LogValue[] {
  const identity = topIdentity(insight);
  return [
    ...valuesOfSeries(insight.key),
    ...(identity ? [identityValue(identity)] : []),
    typeValue(insight),
  ];
}
