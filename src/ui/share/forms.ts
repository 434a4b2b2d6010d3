import type { ValueClass } from '../../core/export/redact/values';
import type { ExportForm } from '../../worker/client';

/** A form as the dialog offers it. */
export interface OfferedForm {
  readonly id: string;
  readonly form: ExportForm;
  readonly title: string;
  readonly about: string;
  /** Beginning and end of the file's name. */
  readonly what: string;
  readonly suffix: string;
}

export const OFFERED_FORMS: readonly OfferedForm[] = [
  {
    id: 'insightsJson',
    form: 'insightsJson',
    title: 'Insights JSON, to share',
    about:
      'One file: whoever drops it onto this page sees these insights, graphs, attributions and reasons. Its Records are what CloudTrail writes.',
    what: 'insights',
    suffix: 'json',
  },
  {
    id: 'report',
    form: 'report',
    title: 'HTML report',
    about:
      'Graphs, statistics, attributions and reasons in one page that opens anywhere and prints.',
    what: 'insights-report',
    suffix: 'html',
  },
  {
    id: 'graphPng',
    form: 'graph',
    title: 'Graph, PNG',
    about: 'The graph of one insight as a picture. It names the API and nobody.',
    what: 'insight-graph',
    suffix: 'png',
  },
  {
    id: 'graphSvg',
    form: 'graph',
    title: 'Graph, SVG',
    about: 'The graph of one insight as lines. It names the API and nobody.',
    what: 'insight-graph',
    suffix: 'svg',
  },
  {
    id: 'insightsCsv',
    form: 'insightsCsv',
    title: 'Insights list, CSV',
    about: 'One line an insight; no cell is run as a formula.',
    what: 'insights-list',
    suffix: 'csv',
  },
  {
    id: 'minuteCounts',
    form: 'minuteCounts',
    title: 'Minute counts, CSV',
    about: 'Counted calls per minute, API and error code.',
    what: 'minute-counts',
    suffix: 'csv',
  },
  {
    id: 'metricData',
    form: 'metricData',
    title: 'Metric data, sparse',
    about: 'Minute counts as ListInsightsMetricData answers them: minutes with calls alone.',
    what: 'metric-data',
    suffix: 'json',
  },
  {
    id: 'metricDataFilled',
    form: 'metricDataFilled',
    title: 'Metric data, filled',
    about: 'Minute counts as ListInsightsMetricData answers them, zeros included.',
    what: 'metric-data-filled',
    suffix: 'json',
  },
  {
    id: 's3Layout',
    form: 's3Layout',
    title: 'S3 layout, zip',
    about:
      'Records in the folders in which CloudTrail delivers them: AWSLogs/…/CloudTrail-Insight/…',
    what: 'cloudtrail-insight',
    suffix: 'zip',
  },
  {
    id: 'eventBridge',
    form: 'eventBridge',
    title: 'EventBridge entries',
    about: 'One PutEvents request of at most ten entries a line, for put-events --cli-input-json.',
    what: 'put-events',
    suffix: 'jsonl',
  },
  {
    id: 'logLines',
    form: 'logLines',
    title: 'CloudWatch Logs lines',
    about: 'One record a line, as CloudTrail writes them to a log group.',
    what: 'log-events',
    suffix: 'jsonl',
  },
];

export const CLASS_WORDS: Readonly<Record<ValueClass, string>> = {
  accountIds: 'Account IDs',
  identityNames: 'Identity names',
  sessionNames: 'Session names',
  accessKeys: 'Access keys and unique IDs',
  ipAddresses: 'IP addresses and hosts',
  userAgents: 'User agents',
  resourceNames: 'Resource names',
  requestParameters: 'Request parameters',
};
