import { parseS3Key } from '../../core/cloudtrail/s3Key';
import type { DroppedFile } from '../client';

/** A whole file in memory, on its way to a reader. */
export interface FileBytes {
  readonly path: string;
  readonly bytes: ArrayBuffer;
}

/** Where the bytes go. Each promise settles when there is room for more. */
export interface Destination {
  group(files: FileBytes[], dropped: readonly DroppedFile[]): Promise<void>;
  /** A file too large for one buffer. */
  large(path: string, file: File): Promise<void>;
  unreadable(path: string, error: unknown): void;
}

/** Concurrent reads: beyond 16–64 Chromium's browser process is the limit (0.4 ms a file). */
const LANES = 48;
/** A group of this size or number of files goes to a reader: one message instead of dozens. */
const GROUP_BYTES = 1 << 20;
const GROUP_FILES = 64;
/** Files above this are read in slices, so that memory stays bounded and archives are spread over the readers … */
const LARGE_BYTES = 8 << 20;
/** … and so many at once. */
const LARGE_AT_ONCE = 2;
/** Asking a `File` for its size costs 0.25–0.39 ms in Chromium, so only the first of many are asked … */
const ASKED_FOR_SIZE = 64;
/** … and those whose name is not that of a trail's log file, which CloudTrail keeps below 50 MB before compression. */
const isTrailLog = (path: string): boolean =>
  parseS3Key(path)?.folder === 'CloudTrail' && /\.json(\.gz)?$/.test(path);

/** Reads dropped files into groups and hands them on, as fast as the browser gives them out. */
export async function feed(
  files: AsyncIterable<DroppedFile>,
  destination: Destination,
): Promise<void> {
  const source = files[Symbol.asyncIterator]();
  const groups = new Groups(destination);
  const turns = new Turns(LARGE_AT_ONCE);
  let found = 0;

  async function lane(): Promise<void> {
    for (;;) {
      const { value, done } = await source.next();
      if (done) return;
      const askForSize = found++ < ASKED_FOR_SIZE || !isTrailLog(value.path);
      await pass(value, askForSize, groups, turns, destination);
    }
  }

  await Promise.all(Array.from({ length: LANES }, lane));
  await groups.flush();
}

async function pass(
  dropped: DroppedFile,
  askForSize: boolean,
  groups: Groups,
  turns: Turns,
  destination: Destination,
): Promise<void> {
  const { path } = dropped;
  let bytes: ArrayBuffer;
  try {
    const file = await dropped.open();
    if (askForSize && file.size > LARGE_BYTES) {
      return await turns.take(() => destination.large(path, file));
    }
    bytes = await file.arrayBuffer();
  } catch (error) {
    return destination.unreadable(path, error);
  }
  await groups.add({ path, bytes }, dropped);
}

/** Collects small files until they are worth a message. */
class Groups {
  #files: FileBytes[] = [];
  #dropped: DroppedFile[] = [];
  #bytes = 0;

  constructor(private readonly destination: Destination) {}

  async add(file: FileBytes, dropped: DroppedFile): Promise<void> {
    this.#files.push(file);
    this.#dropped.push(dropped);
    this.#bytes += file.bytes.byteLength;
    if (this.#bytes >= GROUP_BYTES || this.#files.length >= GROUP_FILES) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.#files.length === 0) return;
    const files = this.#files;
    const dropped = this.#dropped;
    this.#files = [];
    this.#dropped = [];
    this.#bytes = 0;
    await this.destination.group(files, dropped);
  }
}

/** Lets so many at once do something, the others wait. */
class Turns {
  readonly #waiting: (() => void)[] = [];

  constructor(private free: number) {}

  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.free === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.free--;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.free++;
    }
  }
}
