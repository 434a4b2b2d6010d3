/** Milliseconds of work after which others get their turn. */
const TURN_MS = 12;

/** Long work in turns: whoever wants something else of this thread is heard between them. */
export class Turn {
  #since = performance.now();

  /** Goes on at once within a turn, else when what waits is done. */
  async pause(): Promise<void> {
    if (performance.now() - this.#since < TURN_MS) return;
    await nextTask();
    this.#since = performance.now();
  }
}

/** Takes step after step in turns, until there is none more or it is over. */
export async function inTurns(steps: Generator<void>, isOver: () => boolean): Promise<void> {
  const turn = new Turn();
  while (!isOver() && !steps.next().done) await turn.pause();
}

/** Timers wait four milliseconds when they follow each other; messages do not. */
const nextTask = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
