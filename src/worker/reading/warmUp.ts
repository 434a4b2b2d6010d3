import { ActivityBuilder } from '../../core/activity/activityBuilder';
import type { ActivityPart } from '../../core/activity/activityPart';
import { unpack, unpackMember } from '../../core/container/unpack';
import { LogReader } from '../../core/read/readFile';
import { inventedLog } from './inventedLog';

/** The engine compiles all that reading takes within so much work. */
const ENOUGH_MS = 1200;
/** Files that come meanwhile wait no longer than this. */
const TURN_MS = 10;
/** Records of the files; those of the largest outgrow the buffer for what is unpacked. */
const RECORDS = [0, 1, 7, 40, 121, 200, 303, 900];
/** So many events make the tables grow as those of real logs do: with files all alike, 1 GB took 5 % longer. */
const EVENTS_AT_ONCE = 25_000;

/**
 * Reads invented log files over and over, in short turns, until the code is compiled or there is real work. What it
 * counted is for the one that merges to practise on.
 */
export async function warmUp(isIdle: () => boolean): Promise<ActivityPart> {
  const files = await Promise.all(
    RECORDS.map(async (records, number) => {
      const { path, json } = inventedLog(number, records);
      const bytes = await gzip(json);
      return { path, bytes, range: { offset: 0, length: bytes.length }, entry: null };
    }),
  );
  let part: ActivityPart | undefined;
  let builder = new ActivityBuilder();
  let logs = new LogReader(builder);
  let read = 0;
  for (let spent = 0; spent < ENOUGH_MS && isIdle();) {
    const begin = performance.now();
    while (performance.now() - begin < TURN_MS) {
      const file = files[read++ % files.length];
      if (read & 1) unpack(file.path, file.bytes, logs);
      else unpackMember(file, file.bytes, logs);
    }
    spent += performance.now() - begin;
    if (logs.events > EVENTS_AT_ONCE) {
      part = builder.finish();
      builder = new ActivityBuilder();
      logs = new LogReader(builder);
    }
    await new Promise((resolve) => setTimeout(resolve));
  }
  return part ?? builder.finish();
}

async function gzip(text: string): Promise<Uint8Array> {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}
