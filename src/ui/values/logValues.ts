import type { SeriesKey } from '../../core/activity/callSeries';
import { typeWords } from '../insights/insightValues';
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
