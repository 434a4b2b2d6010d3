import { readdirSync, readFileSync } from 'node:fs';

/** CPU time and memory of the processes this one started, from Linux's /proc. */

const MS_PER_TICK = 10;

interface ProcessStat {
  readonly pid: number;
  readonly parent: number;
  readonly cpuMs: number;
}

/** Whether a child of this process belongs to what is asked for, by its command line. */
type Which = (command: string) => boolean;
const isChromium: Which = (command) => command.includes('chrom');
export const isFirefox: Which = (command) => command.includes('firefox');

/** This one's children of that kind and all that stems from them. */
export function browserProcesses(which = isChromium): ProcessStat[] {
  const all = numbersIn('/proc').flatMap((pid) => statOf(`/proc/${pid}`, pid));
  const found = all.filter(({ pid, parent }) => parent === process.pid && which(commandOf(pid)));
  for (const { pid } of found) found.push(...all.filter(({ parent }) => parent === pid));
  return found;
}

/** Of live processes: take it before and after, and close no page in between. */
export const cpuMsOf = (processes: readonly ProcessStat[]): number =>
  processes.reduce((sum, { cpuMs }) => sum + cpuMs, 0);

export interface ThreadStat {
  /** What it is there for. */
  readonly kind: string;
  readonly cpuMs: number;
}

/** All threads of Chromium, by id. */
export function threads(): Map<number, ThreadStat> {
  const found = new Map<number, ThreadStat>();
  for (const { pid } of browserProcesses()) {
    const isRenderer = commandOf(pid).includes('--type=renderer');
    const isBrowser = !commandOf(pid).includes('--type=');
    for (const tid of numbersIn(`/proc/${pid}/task`)) {
      const folder = `/proc/${pid}/task/${tid}`;
      const kind = isBrowser
        ? 'browser'
        : isRenderer
          ? kindOf(read(`${folder}/comm`), tid === pid)
          : '';
      for (const { cpuMs } of statOf(folder, tid)) found.set(tid, { kind, cpuMs });
    }
  }
  return found;
}

function kindOf(name: string, isMain: boolean): string {
  if (isMain) return 'page';
  return name.startsWith('DedicatedWorker')
    ? 'worker'
    : name.startsWith('ThreadPool')
      ? 'pool'
      : '';
}

/** Peak resident memory of the largest renderer so far, in MB. */
export const peakRssMb = (): number => largestRenderer('status', 'VmHWM');

/** The proportional share of memory of the largest renderer now, in MB; the kernel walks all its pages for it. */
export const largestShareMb = (): number => largestRenderer('smaps_rollup', 'Pss');

function largestRenderer(file: string, field: string): number {
  const renderers = browserProcesses().filter(({ pid }) =>
    commandOf(pid).includes('--type=renderer'),
  );
  return Math.max(0, ...renderers.map(({ pid }) => kilobytesOf(pid, file, field) / 1024));
}

function statOf(folder: string, pid: number): ProcessStat[] {
  const text = read(`${folder}/stat`);
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

function numbersIn(folder: string): number[] {
  try {
    return readdirSync(folder).map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}
