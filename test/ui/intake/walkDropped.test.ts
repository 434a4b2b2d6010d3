import { describe, expect, it } from 'vitest';
import { walkDropped, walkPicked, type Intake } from '../../../src/ui/intake/walkDropped';

type Tree = { readonly [name: string]: Tree | string };

/** A dropped tree as `webkitGetAsEntry` shows it: never more than 100 entries a call, as browsers do. */
function entryOf(name: string, node: Tree | string): FileSystemEntry {
  if (typeof node === 'string') {
    const file = (done: (file: File) => void) => done(new File([node], name));
    return { name, isFile: true, isDirectory: false, file } as unknown as FileSystemEntry;
  }
  const createReader = () => {
    const left = Object.entries(node);
    const readEntries = (done: (entries: FileSystemEntry[]) => void) =>
      done(left.splice(0, 100).map(([name, node]) => entryOf(name, node)));
    return { readEntries };
  };
  return { name, isFile: false, isDirectory: true, createReader } as unknown as FileSystemEntry;
}

/** The same tree as `getAsFileSystemHandle` shows it. */
function handleOf(name: string, node: Tree | string): FileSystemHandle {
  if (typeof node === 'string') {
    const getFile = () => Promise.resolve(new File([node], name));
    return { name, kind: 'file', getFile } as unknown as FileSystemHandle;
  }
  async function* values() {
    for (const [name, child] of Object.entries(node)) yield handleOf(name, child);
  }
  return { name, kind: 'directory', values } as unknown as FileSystemHandle;
}

const drop = (...items: object[]) =>
  walkDropped({
    items: items.map((item) => ({ kind: 'file', getAsFile: () => null, ...item })),
  } as unknown as DataTransfer);

const entry = (name: string, node: Tree | string) => ({
  webkitGetAsEntry: () => entryOf(name, node),
});
const handle = (name: string, node: Tree | string) => ({
  getAsFileSystemHandle: () => Promise.resolve(handleOf(name, node)),
});

async function contentsOf(intake: Intake | null): Promise<Record<string, string>> {
  const contents: Record<string, string> = {};
  for await (const { path, open } of intake!.files) {
    contents[path] = await open().then(
      (file) => file.text(),
      (reason: Error) => `unreadable: ${reason.message}`,
    );
  }
  return contents;
}

const trail: Tree = {
  'us-east-1': { '2026': { 'a.json.gz': 'A', 'b.json.gz': 'B' } },
  'eu-west-1': {},
  'readme.txt': 'R',
};
const trailContents = {
  'trail/us-east-1/2026/a.json.gz': 'A',
  'trail/us-east-1/2026/b.json.gz': 'B',
  'trail/readme.txt': 'R',
};

describe('a dropped folder', () => {
  it('is walked to the bottom through entries', async () => {
    expect(await contentsOf(drop(entry('trail', trail)))).toEqual(trailContents);
  });

  it('is walked to the bottom through handles', async () => {
    expect(await contentsOf(drop(handle('trail', trail)))).toEqual(trailContents);
  });

  it('gives all its files though the browser lists at most 100 a call', async () => {
    const day: Tree = Object.fromEntries(
      Array.from({ length: 1001 }, (_, i) => [`${i}.json.gz`, `${i}`]),
    );
    expect(Object.keys(await contentsOf(drop(entry('day', day))))).toHaveLength(1001);
  });

  it('gives its name to the analysis', () => {
    expect(drop(entry('trail', trail))!.name).toBe('trail');
  });

  it('that cannot be listed comes out as a file that cannot be opened, beside all that can', async () => {
    const values = () => {
      throw new Error('permission denied');
    };
    const locked = { name: 'locked', kind: 'directory', values } as unknown as FileSystemHandle;
    const contents = await contentsOf(
      drop({ getAsFileSystemHandle: () => Promise.resolve(locked) }, handle('a.json', 'A')),
    );
    expect(contents).toEqual({ locked: 'unreadable: permission denied', 'a.json': 'A' });
  });
});

describe('dropped files', () => {
  it('are read through entries where handles are refused', async () => {
    const refused = {
      getAsFileSystemHandle: () => Promise.reject(new Error('no')),
      ...entry('a.json', 'A'),
    };
    expect(await contentsOf(drop(refused))).toEqual({ 'a.json': 'A' });
  });

  it('are read as plain files where a browser has neither entries nor handles', async () => {
    const plain = { getAsFile: () => new File(['A'], 'a.json') };
    expect(await contentsOf(drop(plain))).toEqual({ 'a.json': 'A' });
  });

  it('are counted in the name of the analysis, one alone gives its name without suffix', () => {
    expect(drop(entry('a.json', ''), entry('b.json', ''))!.name).toBe('2 files');
    expect(drop(entry('acme.tar.gz', ''))!.name).toBe('acme');
    expect(drop(entry('.json', ''))!.name).toBe('.json');
  });

  it('come after nothing: a drop of text is no intake', () => {
    expect(drop({ kind: 'string' })).toBeNull();
  });
});

describe('chosen files', () => {
  it('of a folder keep their paths, and the folder names the analysis', async () => {
    const file = new File(['A'], 'a.json');
    Object.defineProperty(file, 'webkitRelativePath', { value: 'trail/sub/a.json' });
    const intake = walkPicked([file]);
    expect(intake!.name).toBe('trail');
    expect(await contentsOf(intake)).toEqual({ 'trail/sub/a.json': 'A' });
  });

  it('may be none at all', () => {
    expect(walkPicked([])).toBeNull();
  });
});
