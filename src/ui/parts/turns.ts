/*
 * Work of the page's thread one piece a task, so that a hand or a key between two pieces is answered: no task may take
 * 50 ms, which is what browsers call a long one.
 */

interface Piece {
  readonly turn: number;
  readonly run: () => void;
}

const waiting: Piece[] = [];

/** The turn after which all that was to be shown is shown. */
export const LAST_TURN = Infinity;

/** Runs in a task of its own, after all that waits with the same or a lower turn; returns how to give the turn up. */
export function inTurn(turn: number, run: () => void): () => void {
  const piece = { turn, run };
  const behind = waiting.findIndex((other) => other.turn > turn);
  waiting.splice(behind < 0 ? waiting.length : behind, 0, piece);
  void nextTask().then(() => waiting.shift()?.run());
  return () => {
    const at = waiting.indexOf(piece);
    if (at >= 0) waiting.splice(at, 1);
  };
}

/** A slice of longer work takes so much of a task. */
const SLICE_MS = 10;

/** Does something with each of many, over as many tasks as it takes. */
export const inSlices = <T>(all: Iterable<T>, each: (one: T) => void): Promise<void> =>
  inSteps(stepsOf(all, each));

function* stepsOf<T>(all: Iterable<T>, each: (one: T) => void): Generator<void, void> {
  for (const one of all) {
    each(one);
    yield;
  }
}

/** Takes small steps one after the other, over as many tasks as it takes, to what they lead to. */
export async function inSteps<T>(steps: Generator<void, T>): Promise<T> {
  let since = performance.now();
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    if (performance.now() - since < SLICE_MS) continue;
    await nextTask();
    since = performance.now();
  }
}

/** Timers would do, but for a page in the background, where they come once a second. */
export const nextTask = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
