import { LateWorker } from '../lateWorker';

/** More detectors than this gain little: what they find is put together by one. */
const MOST_DETECTORS = 8;

/** The workers that judge series for the analyzer: one per core, none where there is one core alone. */
export class Detectors {
  #workers: LateWorker[] = [];

  /** Starts them where none are; where it did, the ports by which the analyzer reaches them. */
  start(): MessagePort[] {
    if (this.#workers.length > 0) return [];
    const cores = Math.min(MOST_DETECTORS, navigator.hardwareConcurrency || 2);
    if (cores < 2) return [];
    return Array.from({ length: cores }, () => {
      const { port1, port2 } = new MessageChannel();
      const worker = new LateWorker(() => import('./detector?worker&inline'));
      worker.postMessage(port1, [port1]);
      this.#workers.push(worker);
      return port2;
    });
  }

  /** Ends all of them, whatever they are doing. */
  terminate(): void {
    for (const worker of this.#workers) worker.terminate();
    this.#workers = [];
  }
}
