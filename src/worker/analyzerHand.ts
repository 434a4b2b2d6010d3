import { transfer, wrap, type Remote } from 'comlink';
import type { Analyzer } from './analyzer';
import { Detectors } from './detectors';
import { LateWorker } from './lateWorker';

const analyzerWorker = () => new LateWorker(() => import('./analyzer?worker&inline'));

/** The analyzer and its worker; restarting ends what it is doing, and what it had not stored is not stored. */
export class AnalyzerHand {
  #worker = analyzerWorker();
  readonly #detectors = new Detectors();
  remote: Remote<Analyzer> = wrap<Analyzer>(this.#worker);

  /** With help in detecting: detectors start when there is something to judge. */
  withDetectors(): Remote<Analyzer> {
    const ports = this.#detectors.start();
    if (ports.length > 0) void this.remote.employ(transfer(ports, ports));
    return this.remote;
  }

  restart(): void {
    this.#worker.terminate();
    this.#detectors.terminate();
    this.#worker = analyzerWorker();
    this.remote = wrap<Analyzer>(this.#worker);
  }
}
