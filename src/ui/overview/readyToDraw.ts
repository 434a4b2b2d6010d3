import type { OpenAnalysis } from '../../worker/client';
import { judgedOf } from '../judged.svelte';
import { nextTask } from '../parts/turns';
import { prepareSeries } from './seriesOf';

/** Makes what all lanes are drawn from, in tasks of their own: nothing may block the page for 50 ms. */
export async function readyToDraw({ table, settings }: OpenAnalysis): Promise<void> {
  await nextTask();
  await prepareSeries(judgedOf(table, settings), settings.readEvents);
  await nextTask();
}
