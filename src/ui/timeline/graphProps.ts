import type { SeriesKey } from '../../core/activity/callSeries';
import type { Coverage } from '../../core/activity/coverage';
import type { Minute } from '../../core/activity/minute';
import type { Insight } from '../../core/insights/insight';
import type { ListedInsight } from '../../core/insights/listedInsights';
import type { ExcludedSpan } from '../../core/insights/settings';
import type { AskExpected } from './askExpected.svelte';
import type { TimeZone } from '../format';
import type { OverviewSpan, WholeMinutes } from './span';

/** What a graph is told beside its series. */
export interface GraphProps {
  /** Insights of this series. */
  insights: readonly ListedInsight[];
  selected: Insight | null;
  coverage: Coverage | undefined;
  timeZone: TimeZone;
  expectedRange: AskExpected;
  onselect?: (insight: Insight) => void;
  onselectseries?: (key: SeriesKey) => void;
  /** A minute was clicked where no insight stands. */
  onminute?: (minute: Minute) => void;
  /** Minutes that are not judged, by somebody's choice. */
  leftOut?: readonly ExcludedSpan[];
  /** Null: the overview shows all time. */
  overview?: OverviewSpan | null;
  /** A span somebody asked about. */
  drawn?: WholeMinutes | null;
  ondraw?: (span: WholeMinutes) => void;
}
