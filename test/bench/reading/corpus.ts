import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { createGzip, gzip } from 'node:zlib';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isoSeconds } from '../../support/recordBuilder';
import { seededRandom } from '../../support/random';
import { type ArchiveWriter, storedZipWriter, tarWriter } from './archives';
import { ACCOUNTS, RecordWriter, REGIONS } from './records';

/** The corpora of the reading bench: made once, by seed, into a folder that git ignores. */

export const CORPORA = {
  /** 97 MB. */
  S: { files: 2000, meanEvents: 30 },
  /** 1 GB: what a mid-sized account logs in a few days. */
  M: { files: 6000, meanEvents: 102 },
  /** M four times over. */
  '4G': { files: 24_000, meanEvents: 102 },
  /** Almost nothing but files. */
  tiny: { files: 20_000, events: 5 },
  /** Files without end: when does the page show something? */
  many: { files: 100_000, events: 1 },
  /** Ten million events, every one of them counted: what does the page keep of them? */
  counted: { files: 1000, events: 10_000 },
  /** A single file of JSON lines, 500 MB. */
  one: { files: 1, events: 306_000 },
} as const;

export type CorpusName = keyof typeof CORPORA;
export type Form = 'folder' | 'tar' | 'zip';

export interface Corpus {
  readonly name: CorpusName;
  readonly files: number;
  /** Records, those delivered twice counted twice. */
  readonly records: number;
  /** Of JSON. */
  readonly bytes: number;
  readonly compressedBytes: number;
}

/** Where a corpus lies in a form: a folder, an archive, or for `one` always the file itself. */
export const pathOf = (home: string, name: CorpusName, form: Form): string =>
  join(home, name === 'one' ? 'one.json.gz' : form === 'folder' ? name : `${name}.${form}`);

/** The paths of all its files in that form. */
export function filesOf(home: string, name: CorpusName, form: Form): string[] {
  const path = pathOf(home, name, form);
  if (inputFor(name, form) === 'files-input') return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}

/** The page's input that takes it, by its test id. */
export const inputFor = (name: CorpusName, form: Form): string =>
  form === 'folder' && name !== 'one' ? 'folder-input' : 'files-input';

/** Makes a corpus in all its forms where it is not there yet. */
export async function ensureCorpus(home: string, name: CorpusName): Promise<Corpus> {
  const marker = join(home, `${name}.made.json`);
  if (existsSync(marker)) return JSON.parse(readFileSync(marker, 'utf8')) as Corpus;
  mkdirSync(home, { recursive: true });
  const corpus = name === 'one' ? await makeOne(home) : await makeFiles(home, name);
  writeFileSync(marker, JSON.stringify(corpus));
  return corpus;
}

/** One file every five minutes in each of twelve account-and-Region scopes. */
const START = Date.UTC(2026, 5, 1) / 1000;
const FIVE_MINUTES = 300;
/** Spread of the file sizes: with it, the largest of 6,000 files is a hundred times the median, as measured in trails. */
const LOG_DEVIATION = 1.4;
const MOST_EVENTS = 5000;
/** In every hundredth file, the first tenth of the file before is delivered once more. */
const REDELIVERED_EVERY = 100;

interface LogFile {
  readonly key: string;
  readonly records: string[];
}

export function logFile(name: CorpusName, index: number): LogFile {
  const scopes = ACCOUNTS.length * REGIONS.length;
  const own = freshLogFile(name, index);
  if (index < scopes || index % REDELIVERED_EVERY !== 0) return own;
  const { records } = freshLogFile(name, index - scopes);
  return { key: own.key, records: [...own.records, ...records.slice(0, 1 + records.length / 10)] };
}

function freshLogFile(name: CorpusName, index: number): LogFile {
  const account = ACCOUNTS[index % ACCOUNTS.length];
  const region = REGIONS[Math.floor(index / ACCOUNTS.length) % REGIONS.length];
  const end = START + FIVE_MINUTES * Math.floor(index / (ACCOUNTS.length * REGIONS.length));
  const seed = `${name} ${index}`;
  const writer = new RecordWriter(seed, account, region);
  const records = Array.from({ length: eventsIn(name, seed) }, () =>
    name === 'counted'
      ? writer.shortWrite(end - FIVE_MINUTES, end)
      : writer.record(end - FIVE_MINUTES, end),
  );
  const time = isoSeconds(end);
  const stamp = time.replaceAll(/[-:]/g, '').slice(0, 13);
  const day = time.slice(0, 10).replaceAll('-', '/');
  const unique = String(index).padStart(16, '0');
  return {
    key: `AWSLogs/${account}/CloudTrail/${region}/${day}/${account}_CloudTrail_${region}_${stamp}Z_${unique}.json.gz`,
    records,
  };
}

function eventsIn(name: CorpusName, seed: string): number {
  const corpus = CORPORA[name];
  if ('events' in corpus) return corpus.events;
  const mean = Math.log(corpus.meanEvents) - LOG_DEVIATION ** 2 / 2;
  const drawn = Math.round(seededRandom(`size ${seed}`).logNormal(mean, LOG_DEVIATION));
  return Math.min(MOST_EVENTS, Math.max(1, drawn));
}

const compress = promisify(gzip);
/** Files compressed together, on all cores, while the next ones are rendered. */
const BATCH = 32;

async function makeFiles(home: string, name: CorpusName): Promise<Corpus> {
  const folder = pathOf(home, name, 'folder');
  rmSync(folder, { recursive: true, force: true });
  const archives = archivesOf(home, name);
  const sums = { records: 0, bytes: 0, compressedBytes: 0 };
  const keep = (key: string, content: Buffer) => {
    mkdirSync(dirname(join(folder, key)), { recursive: true });
    writeFileSync(join(folder, key), content);
    for (const archive of archives) archive.add(`${name}/${key}`, content);
    sums.compressedBytes += content.length;
  };
  let before: Promise<void> = Promise.resolve();
  for (let from = 0; from < CORPORA[name].files; from += BATCH) {
    const to = Math.min(CORPORA[name].files, from + BATCH);
    const files = Array.from({ length: to - from }, (_, i) => logFile(name, from + i));
    const compressed = files.map(({ key, records }) => {
      const text = Buffer.from(`{"Records":[${records.join(',')}]}`);
      sums.records += records.length;
      sums.bytes += text.length;
      return compress(text, { level: name === 'counted' ? 1 : 6 }).then(
        (content) => [key, content] as const,
      );
    });
    await before;
    before = Promise.all(compressed).then((all) =>
      all.forEach(([key, content]) => keep(key, content)),
    );
  }
  await before;
  archives.forEach((archive) => archive.close());
  return { name, files: CORPORA[name].files, ...sums };
}

/** A zip without ZIP64 holds no 100,000 members; those are wanted as a folder only. */
const archivesOf = (home: string, name: CorpusName): ArchiveWriter[] =>
  name === 'many'
    ? []
    : [tarWriter(pathOf(home, name, 'tar')), storedZipWriter(pathOf(home, name, 'zip'))];

async function makeOne(home: string): Promise<Corpus> {
  const records = CORPORA.one.events;
  const writer = new RecordWriter('one', ACCOUNTS[0], REGIONS[0]);
  let bytes = 0;
  let compressedBytes = 0;
  function* lines(): Generator<Buffer> {
    for (let from = 0; from < records; from += 500) {
      const start = START + Math.floor(from / 500) * FIVE_MINUTES;
      const some = Array.from({ length: 500 }, () => writer.record(start, start + FIVE_MINUTES));
      const text = Buffer.from(some.join('\n') + '\n');
      bytes += text.length;
      yield text;
    }
  }
  const zipped = createGzip({ level: 6 });
  zipped.on('data', (chunk: Buffer) => (compressedBytes += chunk.length));
  await pipeline(Readable.from(lines()), zipped, createWriteStream(pathOf(home, 'one', 'folder')));
  return { name: 'one', files: 1, records, bytes, compressedBytes };
}
