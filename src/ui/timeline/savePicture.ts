import { graphSvg } from '../../core/export/report/graphSvg';
import { download } from '../download';
import { formatDay } from '../format';
import { toPng } from '../share/toPng';
import type { GraphPicture } from './picture';

/** Saves the graph as a file; its name tells the day and nothing else out of the logs. */
export async function savePicture(picture: GraphPicture, form: 'svg' | 'png'): Promise<void> {
  const svg = new Blob([graphSvg(picture)], { type: 'image/svg+xml' });
  const file = form === 'svg' ? svg : await toPng(svg);
  download(file, `graph-${formatDay(picture.span.start, 'UTC')}.${form}`);
}
