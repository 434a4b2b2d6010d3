import { STOPPED } from '../../core/ledger';
import type { DroppedFile } from '../client';
import { feed } from './feed';
import { readLarge } from './largeFile';
import type { ProgressMeter } from './progress';
import type { ReaderPool } from './readerPool';
import { FilesSource, type ReadSources } from './readSources';
import type { SentIntake } from './sentPart';
import { SkippedFiles, whyUnreadable } from './skippedFiles';

export interface LogsToRead {
  /** Names what was dropped. */
  readonly name: string;
  readonly files: AsyncIterable<DroppedFile>;
  readonly pool: ReaderPool;
  readonly meter: ProgressMeter;
  /** Learns how to read everything once more. */
  readonly sources: ReadSources;
  /** Aborting it ends the reading early: what is read by then is the whole. */
  readonly enough?: AbortSignal;
}

/** Reads everything; returns what the readers counted, who are spent then. */
export async function readLogs(logs: LogsToRead): Promise<SentIntake> {
  const { pool, meter, sources, enough } = logs;
  const skipped = new SkippedFiles();
  enough?.addEventListener('abort', () => pool.stop());
  await feed(meter.counting(untilEnough(logs, skipped)), {
    group: (group, dropped) => {
      const bytes = group.reduce((sum, file) => sum + file.bytes.byteLength, 0);
      const source = sources.add(new FilesSource(dropped, bytes));
      return pool.group(group, source);
    },
    large: (path, file) =>
      meter.large(file.size, readLarge(path, file, { pool, skipped, sources })),
    unreadable: (path, error) => {
      meter.unreadable();
      skipped.add(path, 'unreadable', whyUnreadable(error));
    },
  });
  const readings = await pool.finish();
  for (const { name, detail } of pool.lost) skipped.add(name, 'unreadable', detail);
  for (const path of pool.unread) skipped.add(path, 'cancelled', `not read: ${STOPPED}`);
  return {
    parts: readings.map(({ part }) => part),
    reports: [...readings.flatMap(({ reports }) => reports), skipped.report],
  };
}

async function* untilEnough(
  { name, files, enough }: LogsToRead,
  skipped: SkippedFiles,
): AsyncGenerator<DroppedFile> {
  for await (const file of files) {
    if (enough?.aborted) {
      const detail = `nothing from ${file.path} on: ${STOPPED}`;
      return skipped.add(name, 'cancelled', detail);
    }
    yield file;
  }
}
