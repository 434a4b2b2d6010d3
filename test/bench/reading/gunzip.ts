import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { CorpusName } from './corpus';
import type { Contestant } from './measurement';

export type Gunzip = 'libdeflate-gunzip' | 'gzip';

/** A native gunzip over all files of the corpus, to nowhere: the floor of anything that reads them. */
export async function gunzipCommand(
  command: Gunzip,
  home: string,
  corpus: CorpusName,
): Promise<Contestant | null> {
  if (!isInstalled(command) && !installed(command)) {
    console.log(`Skipped: ${command} is not installed and cannot be (Debian: libdeflate-tools).`);
    return null;
  }
  const folder = corpus === 'one' ? home : join(home, corpus);
  const files = corpus === 'one' ? "-name 'one.json.gz'" : "-name '*.gz'";
  const unzip = command === 'gzip' ? 'gzip -dc' : 'libdeflate-gunzip -c';
  // A thousand names at a time: all of them are longer than an argument list may be.
  const script = `TIMEFORMAT='%R %U %S'; time (find . ${files} -print0 | xargs -0 -n 1000 ${unzip} >/dev/null)`;
  return {
    name: unzip,
    run: async () => {
      const { stderr } = spawnSync('bash', ['-c', script], { cwd: folder, encoding: 'utf8' });
      const [real, user, system] = stderr.trim().split(' ').map(Number);
      if (Number.isNaN(system)) throw new Error(stderr);
      return { wallMs: real * 1000, cpuMs: (user + system) * 1000 };
    },
  };
}

const isInstalled = (command: string): boolean =>
  spawnSync('bash', ['-c', `command -v ${command}`]).status === 0;

function installed(command: Gunzip): boolean {
  if (command !== 'libdeflate-gunzip' || process.getuid?.() !== 0) return false;
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    execFileSync('apt-get', ['install', '-y', '-qq', 'libdeflate-tools'], { env, stdio: 'ignore' });
  } catch {
    return false;
  }
  return isInstalled(command);
}
