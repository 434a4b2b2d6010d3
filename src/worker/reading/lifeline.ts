/**
 * A browser does not tell the page that a worker has ended, for want of memory say. But it takes from it the locks that it
 * held: so each reader holds one of its own for as long as it lives. Where there are no locks (a page that came without
 * TLS), nobody learns of its end.
 */

/** In the worker: settles once the lock is held. */
export const holdLifeline = (name: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const forever = new Promise<never>(() => {});
    navigator.locks.request(name, () => (resolve(), forever)).catch(reject);
  });

/** In the page: settles once nobody holds the lock any more; rejects when `signal` is aborted. */
export async function lifelineEnds(name: string, signal: AbortSignal): Promise<void> {
  await navigator.locks.request(name, { signal }, () => {});
}
