import type { FileReport, SkippedFile, SkipReason } from '../../core/ledger';

/** Files that never reached a reader, for the ledger. */
export class SkippedFiles {
  readonly #skipped: SkippedFile[] = [];

  get count(): number {
    return this.#skipped.length;
  }

  add(name: string, reason: SkipReason, detail: string): void {
    this.#skipped.push({ name, reason, detail });
  }

  get report(): FileReport {
    return {
      files: { in: this.count, read: 0, skipped: this.count },
      bytes: { in: 0, unpacked: 0 },
      skipped: this.#skipped,
      notes: [],
    };
  }
}

/** What browsers call these errors says little to the person who dropped the file. */
const WORDS: Record<string, string> = {
  NotFoundError: 'The file is no longer where it was when it was dropped.',
  NotReadableError: 'The file changed while it was read, or may not be read.',
  NotAllowedError: 'The browser was not allowed to read the file.',
};

/** Why the browser could not read a file, in words. */
export function whyUnreadable(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return WORDS[error.name] ?? error.message;
}
