import type { OpenAnalysis } from '../worker/client';
import { prepareFilters } from './insights/insightFilters';
import { judgedOf } from './judged.svelte';
import { prepareSeries } from './overview/seriesOf';
import { prepareSeriesIds } from './overview/rows';
import { nextTask } from './parts/turns';
import { prepareInsightIds } from './view/opaqueId';

/** Makes what the overview and the list are drawn from, in tasks of their own: nothing may block the page for 50 ms. */
export async function readyToShow({ id, table, settings, insights }: OpenAnalysis): Promise<void> {
  await nextTask();
  const judged = judgedOf(table, settings);
  await nextTask();
  await prepareSeries(judged, settings.readEvents);
  await prepareSeriesIds(insights);
  await prepareInsightIds(id, insights);
  await prepareFilters(insights);
  await nextTask();
}
