import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { formatMinute, type Minute, parseMinute } from '../../../src/core/activity/minute';
import { DEFAULT_SETTINGS } from '../../../src/core/insights/settings';
import {
  type Client,
  createClient,
  type DroppedFile,
  type OpenAnalysis,
  type RawEventsState,
} from '../../../src/worker/client';

const HOUR = parseMinute('2026-03-01T12:00:00Z')!;
const BURST = HOUR + 30;

const recordAt = (minute: number, eventID: string, eventName = 'CreateUser') => ({
  eventVersion: '1.08',
  eventTime: formatMinute(minute as Minute).replace(':00Z', ':07Z'),
  eventSource: 'iam.amazonaws.com',
  eventName,
  awsRegion: 'us-east-1',
  sourceIPAddress: '203.0.113.7',
  eventID,
  readOnly: false,
  eventType: 'AwsApiCall',
  managementEvent: true,
  eventCategory: 'Management',
  recipientAccountId: '123456789012',
});
type TestRecord = ReturnType<typeof recordAt>;

/** An hour of one call a minute, a file a minute, and a burst in its middle. */
function logs(burst = 60): Map<string, TestRecord[]> {
  const files = new Map<string, TestRecord[]>();
  for (let minute: number = HOUR; minute < HOUR + 60; minute++) {
    const calls = minute === BURST ? burst : 1;
    files.set(`logs/${minute}.json`, [
      recordAt(minute, `other-${minute}`, 'DeleteUser'),
      ...Array.from({ length: calls }, (_, i) => recordAt(minute, `${minute}-${i}`)),
    ]);
  }
  return files;
}

const textOf = (records: readonly TestRecord[]) => JSON.stringify({ Records: records });

async function* dropped(
  files: Iterable<[string, readonly TestRecord[]]>,
  opened: (path: string) => void = () => {},
): AsyncGenerator<DroppedFile> {
  for (const [path, records] of files) {
    const file = new File([textOf(records)], path);
    yield {
      path,
      open: async () => {
        opened(path);
        return file;
      },
    };
  }
}

const read = (client: Client, files: AsyncIterable<DroppedFile>, addTo?: string) =>
  client.read(files, {
    name: 'test',
    addTo,
    settings: DEFAULT_SETTINGS,
    onProgress: () => {},
    signal: new AbortController().signal,
  });

/** The state of the burst's events once the second reading has ended. */
async function settled(client: Client, analysis: OpenAnalysis): Promise<RawEventsState> {
  const { sharedEventID } = burstOf(analysis);
  for (;;) {
    const change = new Promise<void>((resolve) => {
      const stop = client.onRawEvents(() => {
        stop();
        resolve();
      });
    });
    const state = await client.rawEvents(analysis.id, sharedEventID);
    if (state.state !== 'reading') return state;
    await change;
  }
}

const burstOf = (analysis: OpenAnalysis) =>
  analysis.insights.find(({ start, key }) => start === BURST && key.eventName === 'CreateUser')!;

const there = (state: RawEventsState) => {
  if (state.state !== 'there') throw new Error(`not there but ${JSON.stringify(state)}`);
  return state;
};

const aroundBurst = (files: ReadonlyMap<string, TestRecord[]>, eventName: string) =>
  [BURST - 1, BURST, BURST + 1]
    .flatMap((minute) => files.get(`logs/${minute}.json`)!)
    .filter((record) => record.eventName === eventName)
    .sort((a, b) => (a.eventTime + a.eventID < b.eventTime + b.eventID ? -1 : 1))
    .map((record) => JSON.stringify(record));

describe('the raw events behind an insight', () => {
  it('are those of its minutes, read after the analysis is there', async () => {
    const client = createClient();
    const files = logs();
    const analysis = await read(client, dropped(files));
    const first = await client.rawEvents(analysis.id, burstOf(analysis).sharedEventID);
    expect(first.state).toBe('reading');
    const state = there(await settled(client, analysis));
    expect(state.events).toEqual(aroundBurst(files, 'CreateUser'));
    expect(state.others).toEqual(aroundBurst(files, 'DeleteUser'));
    expect([state.eventsLeftOut, state.othersLeftOut]).toEqual([0, 0]);
    expect([state.from, state.to]).toEqual([BURST - 1, BURST + 2]);
  });

  it('are there for a client that has no files', async () => {
    const client = createClient();
    const analysis = await read(client, dropped(logs()));
    const before = there(await settled(client, analysis));
    const other = createClient();
    await other.open(analysis.id);
    const { sharedEventID } = burstOf(analysis);
    expect(await other.rawEvents(analysis.id, sharedEventID)).toEqual(before);
  });

  it('say how many more there were above the cap', async () => {
    const client = createClient();
    const analysis = await read(client, dropped(logs(1_700)));
    const { events, eventsLeftOut } = there(await settled(client, analysis));
    expect(events.length).toBe(1_000);
    expect(eventsLeftOut).toBe(702);
  });

  it('name the log that cannot be opened again, and hold those of all others', async () => {
    const client = createClient();
    const files = logs();
    const times = new Map<string, number>();
    const gone = `logs/${BURST + 1}.json`;
    const failing = dropped(files, (path) => {
      times.set(path, (times.get(path) ?? 0) + 1);
      if (path === gone && times.get(path)! > 1) throw new DOMException('', 'NotFoundError');
    });
    const analysis = await read(client, failing);
    const { events, eventsLeftOut, unreadable } = there(await settled(client, analysis));
    expect(unreadable.map(({ name }) => name)).toEqual([gone]);
    expect(events.length).toBe(61);
    expect(eventsLeftOut).toBe(1);
  });

  it('come from logs added later too, also where the first ones are not at hand any more', async () => {
    const files = [...logs()];
    const isLate = ([path]: [string, unknown]) => path === `logs/${BURST - 1}.json`;
    const first = createClient();
    const part = await read(first, dropped(files.filter((file) => !isLate(file))));
    await settled(first, part);
    const second = createClient();
    const analysis = await read(second, dropped(files.filter(isLate)), part.id);
    const { events, eventsLeftOut } = there(await settled(second, analysis));
    expect(events).toEqual(aroundBurst(new Map(files), 'CreateUser'));
    expect(eventsLeftOut).toBe(0);
  });

  it('are found in a file so large that it is read in slices', async () => {
    const client = createClient();
    const files = logs();
    // Padding makes it larger than what is read in one go; the burst stands in its first slice.
    const lines = [...files.values()].flat().map((record) => JSON.stringify(record));
    const padding = `${' '.repeat(1 << 20)}\n`.repeat(9);
    const file = new File([lines.join('\n'), '\n', padding], 'events.jsonl');
    async function* one(): AsyncGenerator<DroppedFile> {
      yield { path: file.name, open: async () => file };
    }
    const analysis = await read(client, one());
    const { events } = there(await settled(client, analysis));
    expect(events).toEqual(aroundBurst(files, 'CreateUser'));
  });

  it('are found in the members of a large archive', async () => {
    const client = createClient();
    const files = logs();
    const bytesOf = (text: string) => new TextEncoder().encode(text);
    const members = [...files].map(([path, records]) => [path, bytesOf(textOf(records))] as const);
    // Stored and not packed, with padding, the archive is too large to be read in one go.
    const padding = ['padding.json', new Uint8Array(9 << 20).fill(0x20)] as const;
    const zip = zipSync(Object.fromEntries([...members, padding]), { level: 0 });
    const file = new File([zip as Uint8Array<ArrayBuffer>], 'logs.zip');
    async function* one(): AsyncGenerator<DroppedFile> {
      yield { path: file.name, open: async () => file };
    }
    const { events, others } = there(await settled(client, await read(client, one())));
    expect(events).toEqual(aroundBurst(files, 'CreateUser'));
    expect(others).toEqual(aroundBurst(files, 'DeleteUser'));
  });

  it('are given up by a new read, and read after it', async () => {
    const client = createClient();
    const files = logs();
    const analysis = await read(client, dropped(files));
    const again = await read(client, dropped(files), analysis.id);
    expect(again.id).toBe(analysis.id);
    expect(there(await settled(client, again)).events).toEqual(aroundBurst(files, 'CreateUser'));
  });
});
