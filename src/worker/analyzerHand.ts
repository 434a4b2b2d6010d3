import { transfer, wrap, type Remote } from 'comlink';
import type { Analyzer } from './analyzing/analyzer';
import { Detectors } from './detecting/detectors';
import { LateWorker } from './lateWorker';

/** It will need the detectors' code: that comes before it, or neither does. */
async function analyzerCode() {
  await import('./detecting/detector?worker&inline');
  return import('./analyzing/analyzer?worker&inline');
}

const analyzerWorker = (begun: Promise<void>) => new LateWorker(analyzerCode, begun);

/** The analyzer and its worker; restarting ends what it is doing, and what it had not stored is not stored. */
export class AnalyzerHand {
  start!: () => void;
  readonly begun = new Promise<void>((resolve) => (this.start = resolve));
  #worker = analyzerWorker(this.begun);
  #remote = wrap<Analyzer>(this.#worker);
  readonly #detectors = new Detectors();

  /** Starts it where nobody told it to, and again where its code could not be had. */
  get remote(): Remote<Analyzer> {
    this.start();
    if (this.#worker.isLost) this.restart();
    return this.#remote;
  }

  /** Settles when its code is there, or with PartLost. */
  ready(): Promise<void> {
    void this.remote;
    return this.#worker.ready();
  }

  /** With help in detecting: detectors start when there is something to judge. */
  withDetectors(): Remote<Analyzer> {
    const ports = this.#detectors.start();
    if (ports.length > 0) void this.remote.employ(transfer(ports, ports));
    return this.remote;
  }

  restart(): void {
    this.#worker.terminate();
    this.#detectors.terminate();
    this.#worker = analyzerWorker(this.begun);
    this.#remote = wrap<Analyzer>(this.#worker);
  }
}
