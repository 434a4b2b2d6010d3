import { logLines, putEventsLines } from './deliveries';
import { insightsCsv } from './insightsCsv';
import { insightsJson } from './insightsJson';
import { metricDataJson } from './metricData';
import { minuteCountsCsv } from './minuteCounts';
import { graphOf } from './report/graph';
import { graphSvg } from './report/graphSvg';
import { htmlReport } from './report/htmlReport';
import { s3LayoutZip } from './s3Layout';
import type { SharedAnalysis } from './shared/sharedAnalysis';

export type ExportForm =
  | 'insightsJson'
  | 's3Layout'
  | 'eventBridge'
  | 'logLines'
  | 'metricData'
  | 'metricDataFilled'
  | 'minuteCounts'
  | 'insightsCsv'
  | 'report'
  | 'graph';

/** What of an analysis goes into a form: the counts with their accounts, the insights alone, or all that is shared. */
export type Extent = 'counts' | 'insights' | 'all' | 'nothing that names';

interface Form {
  readonly extent: Extent;
  readonly type: string;
  readonly pieces: (
    analysis: SharedAnalysis,
    title: string,
    insight: string | null,
  ) => Iterable<string | Uint8Array>;
}

const JSON_TYPE = 'application/json';
const LINES_TYPE = 'application/x-ndjson';

/** The forms in which an analysis is passed on. */
export const FORMS: Readonly<Record<ExportForm, Form>> = {
  insightsJson: { extent: 'all', type: JSON_TYPE, pieces: (analysis) => [insightsJson(analysis)] },
  s3Layout: {
    extent: 'insights',
    type: 'application/zip',
    pieces: ({ insights }) => [s3LayoutZip(insights)],
  },
  eventBridge: {
    extent: 'insights',
    type: LINES_TYPE,
    pieces: ({ insights }) => [putEventsLines(insights)],
  },
  logLines: {
    extent: 'insights',
    type: LINES_TYPE,
    pieces: ({ insights }) => [logLines(insights)],
  },
  metricData: {
    extent: 'counts',
    type: JSON_TYPE,
    pieces: ({ table, coverage, settings }) =>
      metricDataJson(table, coverage, 'NonZeroData', settings),
  },
  metricDataFilled: {
    extent: 'counts',
    type: JSON_TYPE,
    pieces: ({ table, coverage, settings }) =>
      metricDataJson(table, coverage, 'FillWithZeros', settings),
  },
  minuteCounts: {
    extent: 'counts',
    type: 'text/csv',
    pieces: ({ table, settings }) => minuteCountsCsv(table, settings),
  },
  insightsCsv: {
    extent: 'insights',
    type: 'text/csv',
    pieces: ({ insights }) => [insightsCsv(insights)],
  },
  report: { extent: 'insights', type: 'text/html', pieces: htmlReport },
  graph: {
    extent: 'nothing that names',
    type: 'image/svg+xml',
    pieces: (analysis, _, id) => {
      const insight = analysis.insights.find(({ sharedEventID }) => sharedEventID === id);
      return insight ? [graphSvg(graphOf(analysis, insight))] : [];
    },
  },
};
