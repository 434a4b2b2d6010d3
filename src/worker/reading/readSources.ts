import { type ArchiveMember, spanOf } from '../../core/container/plan';
import type { FileNote } from '../../core/ledger';
import { holdsWanted } from '../../core/rawEvents';
import type { EventsWanted } from '../../core/read/collectRecords';
import type { ScopeSpan } from '../../core/read/scopeSpans';
import type { DroppedFile } from '../client';
import type { FileBytes } from './feed';
import type { ReaderPool } from './readerPool';
import { whyUnreadable } from './skippedFiles';

/** What one message to a reader held: when its events were, and how to read it once more. */
export interface ReadSource {
  /** Bytes to read for these wishes; 0 when it holds nothing of them. */
  bytesFor(wanted: readonly EventsWanted[]): number;
  /** Hands it to the readers; returns what could not be read. */
  readAgain(pool: ReaderPool, wanted: readonly EventsWanted[]): Promise<FileNote[]>;
}

/** What goes to a reader in one message. */
export interface MessageSource extends ReadSource {
  /** Files and members that it holds, as the ledger names them. */
  readonly names: readonly string[];
  /** The same one by one. */
  parts(): MessageSource[];
  note(spans: readonly ScopeSpan[]): void;
}

/** Everything read into one analysis since the page was opened. Holds no bytes, only where they are. */
export class ReadSources {
  readonly #sources: ReadSource[] = [];

  add<T extends ReadSource>(source: T): T {
    this.#sources.push(source);
    return source;
  }

  join(others: ReadSources): void {
    for (const source of others.#sources) this.#sources.push(source);
  }

  /** Those that hold events of these wishes. */
  holding(wanted: readonly EventsWanted[]): ReadSource[] {
    return this.#sources.filter((source) => source.bytesFor(wanted) > 0);
  }
}

/** Bytes that are read once more as a whole, if any of the spans noted is wanted. */
abstract class NotedSource implements MessageSource {
  #spans: readonly ScopeSpan[] = [];

  constructor(
    readonly names: readonly string[],
    protected readonly bytes: number,
  ) {}

  abstract parts(): MessageSource[];

  note(spans: readonly ScopeSpan[]): void {
    this.#spans = [...this.#spans, ...spans];
  }

  bytesFor(wanted: readonly EventsWanted[]): number {
    return holdsAny(this.#spans, wanted) ? this.bytes : 0;
  }

  abstract readAgain(pool: ReaderPool): Promise<FileNote[]>;
}

/** Small files that went together. */
export class FilesSource extends NotedSource {
  constructor(
    private readonly files: readonly DroppedFile[],
    bytes: number,
  ) {
    super(
      files.map(({ path }) => path),
      bytes,
    );
  }

  parts(): FilesSource[] {
    return this.files.map((file) => new FilesSource([file], this.bytes));
  }

  async readAgain(pool: ReaderPool): Promise<FileNote[]> {
    const unreadable: FileNote[] = [];
    const files: FileBytes[] = [];
    await Promise.all(
      this.files.map(async ({ path, open }) => {
        try {
          files.push({ path, bytes: await (await open()).arrayBuffer() });
        } catch (error) {
          unreadable.push({ name: path, detail: whyUnreadable(error) });
        }
      }),
    );
    await pool.group(files, this);
    return unreadable;
  }
}

/** Members of a large archive that went together. */
export class MembersSource extends NotedSource {
  constructor(
    private readonly file: File,
    private readonly members: readonly ArchiveMember[],
  ) {
    const { from, to } = spanOf(members);
    super(
      members.map(({ path }) => path),
      to - from,
    );
  }

  parts(): MembersSource[] {
    return this.members.map((member) => new MembersSource(this.file, [member]));
  }

  async readAgain(pool: ReaderPool): Promise<FileNote[]> {
    const from = this.members[0].range.offset;
    try {
      const bytes = await this.file.slice(from, from + this.bytes).arrayBuffer();
      await pool.members(bytes, from, this.members, this);
      return [];
    } catch (error) {
      const detail = whyUnreadable(error);
      return this.members.map(({ path }) => ({ name: path, detail }));
    }
  }
}

/** A large Parquet file. */
export class ParquetSource extends NotedSource {
  constructor(
    private readonly path: string,
    private readonly file: Blob,
  ) {
    super([path], file.size);
  }

  parts(): ParquetSource[] {
    return [this];
  }

  async readAgain(pool: ReaderPool): Promise<FileNote[]> {
    await pool.parquet(this.path, this.file, this);
    return [];
  }
}

/** A large file, or member of an archive, that went in slices: read again from its beginning as far as is needed. */
export class SlicesSource implements ReadSource {
  readonly #slices: { readonly spans: readonly ScopeSpan[]; readonly end: number }[] = [];

  constructor(
    private readonly source: string | ArchiveMember,
    private readonly file: Blob,
  ) {}

  /** `end`: the byte behind which these events were complete. */
  note(spans: readonly ScopeSpan[], end: number): void {
    if (spans.length > 0) this.#slices.push({ spans, end });
  }

  bytesFor(wanted: readonly EventsWanted[]): number {
    return this.#slices.findLast(({ spans }) => holdsAny(spans, wanted))?.end ?? 0;
  }

  async readAgain(pool: ReaderPool, wanted: readonly EventsWanted[]): Promise<FileNote[]> {
    const failure = await pool.slices(this.source, this.file.slice(0, this.bytesFor(wanted)));
    const name = typeof this.source === 'string' ? this.source : this.source.path;
    return failure === null ? [] : [{ name, detail: failure }];
  }
}

const holdsAny = (spans: readonly ScopeSpan[], wanted: readonly EventsWanted[]): boolean =>
  spans.length > 0 && wanted.some((each) => holdsWanted(spans, each));
