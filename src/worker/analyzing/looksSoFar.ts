import type { OpenAnalysis } from './openAnalysis';

/** Milliseconds. What is read sooner than this needs no look before its end. */
const FIRST_AFTER = 1_500;
const LEAST_APART = 3_000;
/** Looks are so many times as far apart as the last one took: together they cost a twentieth of one core. */
const TIMES_APART = 20;
/** With less to read than this, in seconds, the end itself is near enough: what is read within six is not looked at. */
const LEAST_LEFT = 4.5;
/** A table of more rows takes the page longer to draw than it may. */
const MOST_ROWS = 400_000;

export interface Looking {
  /** Seconds to the end of reading; null while that is unknown. */
  readonly secondsLeft: () => number | null;
  /** Judges what is counted so far. */
  readonly look: () => Promise<OpenAnalysis>;
  readonly show: (analysis: OpenAnalysis) => void;
}

/** Looks at logs while they are read: soon, and then at growing distances, as looks at more take longer. */
export class LooksSoFar {
  #timer = setTimeout(() => this.#next(), FIRST_AFTER);
  #isStopped = false;

  constructor(private readonly looking: Looking) {}

  /** Nothing is shown any more. */
  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  /** A look that fails is none: what is wrong fails the reading, too. */
  #next(): void {
    this.#look().catch(() => {});
  }

  async #look(): Promise<void> {
    const left = this.looking.secondsLeft();
    if (left !== null && left < LEAST_LEFT) return;
    const began = performance.now();
    const analysis = await this.looking.look();
    if (this.#isStopped) return;
    const apart = Math.max(LEAST_APART, TIMES_APART * (performance.now() - began));
    this.looking.show(analysis);
    if (analysis.table.minute.length > MOST_ROWS) return;
    this.#timer = setTimeout(() => this.#next(), apart);
  }
}
