import { formatDay } from './format';
import type { OpenAnalysis } from '../worker/client';

/** Saves a blob under a name, without any connection: a blob: URL on a link. */
export function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** `insights-2026-01-12-2026-02-11.json`: file names tell dates and nothing else out of the logs. */
export function fileName(
  what: string,
  { coverage }: Pick<OpenAnalysis, 'coverage'>,
  suffix: string,
): string {
  if (coverage.length === 0) return `${what}.${suffix}`;
  const start = Math.min(...coverage.map(({ start }) => start));
  const last = Math.max(start, Math.max(...coverage.map(({ end }) => end)) - 1);
  const days = [...new Set([formatDay(start, 'UTC'), formatDay(last, 'UTC')])];
  return `${what}-${days.join('-to-')}.${suffix}`;
}
