import type { SeriesKey } from '../../core/activity/callSeries';
import type { AttributeName } from '../../core/cloudtrail/insightsEvent';
import { topIdentity, typeWords } from '../insights/insightValues';
import type { Insight } from '../../core/insights/insight';
import type { Muted } from '../settings/leftOut';
import type { LogValue } from './valueMenu.svelte';

/** AWS's three attributes, and two more that the table holds. */
export type AttributedBy = AttributeName | 'sourceIPAddress' | 'accessKeyId';

const WHAT: Record<AttributedBy, Pick<LogValue, 'what' | 'field'>> = {
  userIdentityArn: { what: 'identity', field: 'identity' },
  userAgent: { what: 'user agent', field: 'userAgent' },
  errorCode: { what: 'error code', field: 'errorCode' },
  sourceIPAddress: { what: 'source IP address', field: null },
  accessKeyId: { what: 'access key', field: null },
};

/** The calls of a value, where calls can be left out by it. */
function mutedBy(attribute: AttributedBy, value: string): Muted | null {
  if (attribute === 'errorCode' || attribute === 'accessKeyId') return null;
  return { [attribute]: value };
}

/** A value that calls are attributed to, as a thing to ask for or to leave out. */
export const attributedValue = (attribute: AttributedBy, value: string): LogValue => ({
  ...WHAT[attribute],
  value,
  muted: mutedBy(attribute, value),
});

/** The values of a series as things to ask for or to leave out. */
export const apiValue = ({ eventSource, eventName }: SeriesKey): LogValue => ({
  value: eventName,
  what: 'API',
  field: 'api',
  muted: { eventSource, eventName },
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

export const typeValue = (insight: Pick<Insight, 'insightType'>): LogValue => ({
  value: typeWords(insight),
  what: 'type',
  field: 'type',
  muted: null,
});

/** All values of a series that something can be done with. */
export const valuesOfSeries = (key: SeriesKey): LogValue[] => [
  apiValue(key),
  ...(key.errorCode === undefined ? [] : [attributedValue('errorCode', key.errorCode)]),
  serviceValue(key),
  regionValue(key),
  accountValue(key),
];

/** The same of an insight. */
export function valuesOfInsight(insight: Insight): LogValue[] {
  const identity = topIdentity(insight);
  return [
    ...valuesOfSeries(insight.key),
    ...(identity ? [attributedValue('userIdentityArn', identity)] : []),
    typeValue(insight),
  ];
}
