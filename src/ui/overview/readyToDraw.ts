import { judgedTable } from '../../core/insights/mutes';
import type { OpenAnalysis } from '../../worker/client';
import { seriesOf } from './seriesOf';

/** Makes what all lanes are drawn from, in a task of its own: nothing may block the page for 50 ms. */
export async function readyToDraw({ table, settings }: OpenAnalysis): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
  seriesOf(judgedTable(table, settings), settings.readEvents);
  await new Promise((resolve) => setTimeout(resolve));
}
