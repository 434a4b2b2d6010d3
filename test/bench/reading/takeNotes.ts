/** What the page itself notes down while it reads. */
export interface Notes {
  /** When the chosen files were handed over; milliseconds of `performance.now`. */
  chosen: number;
  states: { state: string; at: number }[];
  longTasks: { start: number; duration: number }[];
  /** When the page first told of events; 0 while it has not. */
  firstEvents: number;
  /** The CSV last saved. */
  saved: Blob | null;
}

declare global {
  interface Window {
    benchNotes: Notes;
    /** Tells the bench that the files are chosen, for it to look at the CPU time. */
    benchChosen(): Promise<unknown>;
    /** Tells it that everything is counted. */
    benchCounted(): Promise<unknown>;
  }
}

/** Runs in the page before its own scripts, in any browser: closed in itself. `cores`: how many it shall claim. */
export function takeNotes(cores: number): void {
  Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => cores });
  const notes: Notes = { chosen: 0, states: [], longTasks: [], firstEvents: 0, saved: null };
  window.benchNotes = notes;
  const chosen = (event: Event) => {
    const { target } = event;
    if (notes.chosen || !(target instanceof HTMLInputElement) || target.type !== 'file') return;
    notes.chosen = performance.now();
    void window.benchChosen();
  };
  addEventListener('input', chosen, true);
  addEventListener('change', chosen, true);
  if (PerformanceObserver.supportedEntryTypes.includes('longtask')) {
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) {
        notes.longTasks.push({ start: startTime, duration });
      }
    }).observe({ type: 'longtask' });
  }
  const create = URL.createObjectURL.bind(URL);
  URL.createObjectURL = (object: Blob | MediaSource) => {
    if (object instanceof Blob && object.type.startsWith('text/csv')) notes.saved = object;
    return create(object);
  };
  const look = () => {
    const analysis = document.querySelector('[data-testid=analysis]');
    const state = analysis?.getAttribute('data-state') ?? '';
    if (state === (notes.states.at(-1)?.state ?? '')) return;
    notes.states.push({ state, at: performance.now() });
    if (state === 'detecting') void window.benchCounted();
  };
  const lookForEvents = () => {
    const figures = document.querySelectorAll('[aria-label=Reading] dd');
    if (notes.firstEvents || !notes.chosen || !(parseInt(figures[2]?.textContent ?? '') > 0))
      return;
    notes.firstEvents = performance.now();
  };
  new MutationObserver(look).observe(document, {
    subtree: true,
    childList: true,
    attributeFilter: ['data-state'],
  });
  setInterval(lookForEvents, 50);
}

/** From having the files to having the minute counts, and what else the notes tell of it; milliseconds. */
export function timesOf({ states, chosen, longTasks, firstEvents }: Notes) {
  if (states.at(-1)?.state !== 'done') throw new Error('the page failed to read the corpus');
  const at = (state: string) => states.findLast((each) => each.state === state)?.at;
  const done = at('done')!;
  const counted = at('detecting') ?? done;
  const longest = (from: number, to: number) =>
    longTasks
      .filter(({ start }) => start >= from && start < to)
      .reduce((most, { duration }) => Math.max(most, duration), 0);
  return {
    wallMs: counted - chosen,
    untilDoneMs: done - chosen,
    firstEventsMs: (firstEvents || done) - chosen,
    longTasks: longTasks.filter(({ start }) => start >= chosen && start < counted).length,
    longestTaskMs: longest(chosen, counted),
    longestTaskLaterMs: longest(counted, done),
  };
}
