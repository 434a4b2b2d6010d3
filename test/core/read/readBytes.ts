import { ActivityBuilder } from '../../../src/core/activity/activityBuilder';
import { mergeActivity } from '../../../src/core/activity/mergeActivity';
import { unpack } from '../../../src/core/container/unpack';
import { readParquet } from '../../../src/core/read/parquet/readParquet';
import { LogReader } from '../../../src/core/read/readFile';

/** Reads a file as a reader does, and the Parquet files in it as the reader of those. */
export async function readBytes(path: string, bytes: Uint8Array) {
  const builder = new ActivityBuilder();
  const reader = new LogReader(builder);
  unpack(path, bytes, reader);
  for (const file of reader.takeParquet()) {
    const slice = (start: number, end?: number) => file.bytes.slice(start, end).buffer;
    await readParquet(file.path, { byteLength: file.bytes.length, slice }, reader);
  }
  return { ...mergeActivity([builder.finish()]), report: reader.finish(bytes.length) };
}
