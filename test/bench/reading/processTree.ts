import { readdirSync, readFileSync } from 'node:fs';

/** CPU time and memory of the browser's processes, from Linux's /proc. */

const MS_PER_TICK = 10;

interface ProcessStat {
  readonly pid: number;
  readonly parent: number;
  readonly cpuMs: number;
}

/** All processes that stem from this one's children whose command names a Chromium. */
export function browserProcesses(): ProcessStat[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => statOf(Number(name)));
  const found = all.filter(
    ({ pid, parent }) => parent === process.pid && commandOf(pid).includes('chrom'),
  );
  for (const { pid } of found) found.push(...all.filter(({ parent }) => parent === pid));
  return found;
}

/** Of live processes: take it before and after, and close no page in between. */
export const cpuMsOf = (processes: readonly ProcessStat[]): number =>
  processes.reduce((sum, { cpuMs }) => sum + cpuMs, 0);

/** Peak resident memory of the largest renderer so far, and its proportional share now, in MB. */
export function largestRenderer(): { peakRssMb: number; pssMb: number } {
  const renderers = browserProcesses().filter(({ pid }) =>
    commandOf(pid).includes('--type=renderer'),
  );
  const largest = (file: string, field: string) =>
    Math.max(0, ...renderers.map(({ pid }) => kilobytesOf(pid, file, field) / 1024));
  return { peakRssMb: largest('status', 'VmHWM'), pssMb: largest('smaps_rollup', 'Pss') };
}

function statOf(pid: number): ProcessStat[] {
  const text = read(`/proc/${pid}/stat`);
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  if (fields.length < 13) return [];
  const cpuMs = (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
  return [{ pid, parent: Number(fields[1]), cpuMs }];
}

const commandOf = (pid: number): string => read(`/proc/${pid}/cmdline`);

const kilobytesOf = (pid: number, file: string, field: string): number =>
  Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(read(`/proc/${pid}/${file}`))?.[1] ?? 0);

/** Empty where the process has ended meanwhile. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
