import type { CallSeries } from '../core/activity/callSeries';
import type { OpenAnalysis } from '../worker/client';
import { prepareFirstSeen } from './insights/firstSeen';
import { prepareFilters } from './insights/insightFilters';
import { prepareJudged } from './judged.svelte';
import { prepareRows } from './overview/rows';
import { prepareSeries } from './overview/seriesOf';
import { nextTask } from './parts/turns';
import { prepareInsightIds } from './view/opaqueId';

/** Makes what the overview and the list are drawn from, in tasks of their own: nothing may block the page for 50 ms. */
export async function readyToShow(analysis: OpenAnalysis): Promise<void> {
  const { id, table, insights } = analysis;
  const series = await callsReadyToShow(analysis);
  await prepareRows(series, insights);
  await prepareInsightIds(id, insights);
  await prepareFilters(insights, series);
  await prepareFirstSeen(table);
  await nextTask();
}

/** What of it does not depend on what is found: it can be made while detection runs. */
export async function callsReadyToShow({
  table,
  settings,
}: Pick<OpenAnalysis, 'table' | 'settings'>): Promise<readonly CallSeries[]> {
  await nextTask();
  const judged = await prepareJudged(table, settings);
  await nextTask();
  const { excludedSpans } = settings;
  return prepareSeries(judged, settings.readEvents, { table, excludedSpans });
}
