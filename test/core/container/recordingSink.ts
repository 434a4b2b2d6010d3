import type { FileSink } from '../../../src/core/container/fileSink';

export interface SeenFile {
  path: string;
  bytes: Buffer;
  pieces: number;
  damage: string | null;
}

/** Remembers what it was told, and throws where the order of calls breaks the contract. */
export class RecordingSink implements FileSink {
  readonly files: SeenFile[] = [];
  readonly skipped: { path: string; reason: string; detail: string }[] = [];
  private current: { path: string; parts: Buffer[] } | null = null;

  open(path: string): void {
    if (this.current !== null) throw new Error(`${path} opened inside ${this.current.path}`);
    this.current = { path, parts: [] };
  }

  piece(bytes: Uint8Array, start: number, end: number): void {
    if (this.current === null) throw new Error('a piece outside of a file');
    if (!(start >= 0 && start < end && end <= bytes.length)) throw new Error('an empty piece');
    this.current.parts.push(Buffer.from(bytes.slice(start, end)));
  }

  close(damage: string | null): void {
    if (this.current === null) throw new Error('closed twice');
    const { path, parts } = this.current;
    this.files.push({ path, bytes: Buffer.concat(parts), pieces: parts.length, damage });
    this.current = null;
  }

  parquet(path: string, bytes: Uint8Array): void {
    this.open(path);
    this.piece(bytes, 0, bytes.length);
    this.close(null);
  }

  skip(path: string, reason: string, detail: string): void {
    if (this.current !== null) throw new Error(`${path} skipped inside ${this.current.path}`);
    this.skipped.push({ path, reason, detail });
  }

  get isClosed(): boolean {
    return this.current === null;
  }

  /** path → contents as text. */
  get texts(): Record<string, string> {
    return Object.fromEntries(this.files.map(({ path, bytes }) => [path, bytes.toString()]));
  }
}
