import type { OpenAnalysis } from '../worker/client';
import { prepareFirstSeen } from './insights/firstSeen';
import { prepareFilters } from './insights/insightFilters';
import { judgedOf } from './judged.svelte';
import { prepareRows } from './overview/rows';
import { prepareSeries } from './overview/seriesOf';
import { nextTask } from './parts/turns';
import { prepareInsightIds } from './view/opaqueId';

/** Makes what the overview and the list are drawn from, in tasks of their own: nothing may block the page for 50 ms. */
export async function readyToShow({ id, table, settings, insights }: OpenAnalysis): Promise<void> {
  await nextTask();
  const judged = judgedOf(table, settings);
  await nextTask();
  const series = await prepareSeries(judged, settings.readEvents);
  await prepareRows(series, insights);
  await prepareInsightIds(id, insights);
  await prepareFilters(insights);
  await prepareFirstSeen(table);
  await nextTask();
}
