import type { DroppedFile } from '../../worker/client';

/** What a person handed over in one go: a name for the analysis and every file in it, found while reading goes on. */
export interface Intake {
  readonly name: string;
  readonly files: AsyncIterable<DroppedFile>;
}

/** A file whose folder could not be listed still has to reach the ledger, so it fails when it is opened. */
const unreadable = (path: string, reason: unknown): DroppedFile => ({
  path,
  open: () => Promise.reject(reason instanceof Error ? reason : new Error(String(reason))),
});

async function* walkHandle(handle: FileSystemHandle, path: string): AsyncGenerator<DroppedFile> {
  if (handle.kind === 'file') {
    yield { path, open: () => (handle as FileSystemFileHandle).getFile() };
    return;
  }
  try {
    for await (const child of (handle as FileSystemDirectoryHandle).values())
      yield* walkHandle(child, `${path}/${child.name}`);
  } catch (reason) {
    yield unreadable(path, reason);
  }
}

/** `readEntries` gives at most 100 entries a call: an empty answer alone means the end. */
async function* entriesOf(folder: FileSystemDirectoryEntry): AsyncGenerator<FileSystemEntry> {
  const reader = folder.createReader();
  for (;;) {
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (entries.length === 0) return;
    yield* entries;
  }
}

async function* walkEntry(entry: FileSystemEntry, path: string): AsyncGenerator<DroppedFile> {
  if (entry.isFile) {
    const open = () =>
      new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    yield { path, open };
    return;
  }
  try {
    for await (const child of entriesOf(entry as FileSystemDirectoryEntry))
      yield* walkEntry(child, `${path}/${child.name}`);
  } catch (reason) {
    yield unreadable(path, reason);
  }
}

type HandleItem = DataTransferItem & {
  getAsFileSystemHandle?: () => Promise<FileSystemHandle | null>;
};

/** All three views of a dropped item; the browser forgets the item as soon as the drop event is over. */
interface DroppedItem {
  readonly handle: Promise<FileSystemHandle | null>;
  readonly entry: FileSystemEntry | null;
  readonly file: File | null;
}

const takeItem = (item: HandleItem): DroppedItem => ({
  handle: Promise.resolve(item.getAsFileSystemHandle?.() ?? null).catch(() => null),
  entry: item.webkitGetAsEntry?.() ?? null,
  file: item.getAsFile(),
});

async function* walkItems(items: readonly DroppedItem[]): AsyncGenerator<DroppedFile> {
  for (const { handle, entry, file } of items) {
    const opened = await handle;
    if (opened) yield* walkHandle(opened, opened.name);
    else if (entry) yield* walkEntry(entry, entry.name);
    else if (file) yield pickedFile(file);
  }
}

const pickedFile = (file: File): DroppedFile => ({
  path: file.webkitRelativePath || file.name,
  open: () => Promise.resolve(file),
});

async function* eachFile(files: readonly File[]): AsyncGenerator<DroppedFile> {
  for (const file of files) yield pickedFile(file);
}

/** `trail` for trail.tar.gz alone, else a count: names of log files are long and all alike. */
const nameOf = (names: readonly string[]): string =>
  names.length === 1
    ? names[0].replace(/(\.(json|jsonl|csv|tar|tgz|zip|gz))+$/i, '') || names[0]
    : `${names.length} files`;

/** Everything in a drop, folders walked to the bottom. Must be called while the drop event is being handled. */
export function walkDropped(transfer: Pick<DataTransfer, 'items'>): Intake | null {
  const items = [...transfer.items].filter((item) => item.kind === 'file').map(takeItem);
  if (items.length === 0) return null;
  const names = items.map(({ entry, file }) => entry?.name ?? file?.name ?? 'Logs');
  return { name: nameOf(names), files: walkItems(items) };
}

/** Files from an `<input type=file>`, from a folder input, or pasted; null when there are none. */
export function walkPicked(files: readonly File[]): Intake | null {
  if (files.length === 0) return null;
  const folder = files[0].webkitRelativePath?.split('/')[0];
  return { name: folder || nameOf(files.map((file) => file.name)), files: eachFile(files) };
}
