import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Installs `name@version` into the bench's own folder where it is not there; false where it is not to be had. */
export function installInto(folder: string, wanted: string): boolean {
  const at = wanted.lastIndexOf('@');
  const manifest = join(folder, 'node_modules', wanted.slice(0, at), 'package.json');
  if (existsSync(manifest) && versionIn(manifest) === wanted.slice(at + 1)) return true;
  mkdirSync(folder, { recursive: true });
  try {
    execFileSync('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', wanted], {
      stdio: 'ignore',
    });
    return true;
  } catch {
    return false;
  }
}

const versionIn = (manifest: string): string =>
  (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
