/** Work that nobody waits for begins at the latest so many milliseconds after it could. */
const AT_THE_LATEST = 1_000;

/**
 * Runs once the page's thread has nothing else to do: with two cores, workers that start while the page draws make its
 * tasks three times as long. Safari knows no idle time; there a moment has to do.
 */
export function whenIdle(run: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(run, { timeout: AT_THE_LATEST });
  else setTimeout(run, AT_THE_LATEST / 2);
}
