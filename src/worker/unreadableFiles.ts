import type { FileReport, SkippedFile } from '../core/ledger';

/** Files the browser could not even open, for the ledger: vanished, changed or forbidden since they were dropped. */
export interface UnreadableFiles {
  add(path: string, error: unknown): void;
  readonly report: FileReport;
}

export function unreadableFiles(): UnreadableFiles {
  const skipped: SkippedFile[] = [];
  const files = { in: 0, read: 0, skipped: 0 };
  return {
    add(path, error) {
      files.in++;
      files.skipped++;
      skipped.push({ name: path, reason: 'unreadable', detail: whyUnreadable(error) });
    },
    report: { files, bytes: { in: 0, unpacked: 0 }, skipped, notes: [] },
  };
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
