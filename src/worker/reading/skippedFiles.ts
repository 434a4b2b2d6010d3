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

/** Of a file that vanished or changed a browser tells sometimes the one and sometimes the other. */
const NOT_AS_DROPPED =
  'The file is no longer as it was when it was dropped: it was moved or changed, or may not be read.';

/** What browsers call these errors says little to the person who dropped the file. */
const WORDS: Record<string, string> = {
  NotFoundError: NOT_AS_DROPPED,
  NotReadableError: NOT_AS_DROPPED,
  NotAllowedError: 'The browser was not allowed to read the file.',
};

/** Why the browser could not read a file, in words. */
export function whyUnreadable(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return WORDS[error.name] ?? error.message;
}
