import type { FileNote } from '../core/ledger';
import type { CollectedEvents, EventsWanted } from '../core/read/collectRecords';
import type { Database } from './schema';
import type { StoredRawEvents } from './stored';

/** The events of one insight's minutes as they were read. */
export interface KeptRawEvents extends EventsWanted, CollectedEvents {
  /** Logs that could not be read once more, and why. */
  readonly unreadable: readonly FileNote[];
}

/** Stores the events of one insight, in place of what was there; nothing where the analysis is not stored any more. */
export async function putRawEvents(
  database: Database,
  id: string,
  sharedEventID: string,
  packed: StoredRawEvents,
): Promise<void> {
  const transaction = database.transaction(['summaries', 'rawEvents'], 'readwrite');
  const isThere = (await transaction.objectStore('summaries').getKey(id)) !== undefined;
  if (isThere) await transaction.objectStore('rawEvents').put(packed, [id, sharedEventID]);
  await transaction.done;
}

/** The stored events of one insight; undefined when there are none. */
export const getRawEvents = (
  database: Database,
  id: string,
  sharedEventID: string,
): Promise<StoredRawEvents | undefined> => database.get('rawEvents', [id, sharedEventID]);

/** As they are stored: a thousand events are alike in most of their text, so they pack to a tenth. */
export async function packRawEvents({
  events,
  others,
  ...rest
}: KeptRawEvents): Promise<StoredRawEvents> {
  return { ...rest, packed: await gzip(JSON.stringify({ events, others })) };
}

export async function unpackRawEvents({
  packed,
  ...rest
}: StoredRawEvents): Promise<KeptRawEvents> {
  return { ...rest, ...(JSON.parse(await gunzip(packed)) as CollectedEvents) };
}

function gzip(text: string): Promise<ArrayBuffer> {
  const { readable, writable } = new CompressionStream('gzip');
  const writer = writable.getWriter();
  void writer.write(new TextEncoder().encode(text));
  void writer.close();
  return new Response(readable).arrayBuffer();
}

const gunzip = (packed: ArrayBuffer): Promise<string> =>
  new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
