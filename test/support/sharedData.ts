import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = '../shared/data';

/** The folder of a real data set, or null with a loud word where it is not present (it always is in CI). */
export function sharedData(folder: string): string | null {
  const path = join(ROOT, folder);
  if (existsSync(path)) return path;
  console.warn(`\n!!! SKIPPED: real data ${folder} is not present beside the project.\n`);
  return null;
}

/** All files below a folder, sorted. */
export const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true, encoding: 'utf8' })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
