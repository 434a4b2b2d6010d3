import { transfer, type Remote } from 'comlink';
import type { Insight } from '../../core/insights/insight';
import type { FileNote } from '../../core/ledger';
import { eventsWantedOf, MOST_INSIGHTS_READ } from '../../core/rawEvents';
import type { EventsWanted } from '../../core/read/collectRecords';
import { whenIdle } from '../whenIdle';
import type { Analyzer, Detected } from '../analyzing/analyzer';
import type { OpenAnalysis } from '../analyzing/openAnalysis';
import type { CollectedFor, RawEventsListener } from '../analyzing/rawEvents';
import { ReaderPool } from './readerPool';
import type { ReadSources } from './readSources';
import { whyUnreadable } from './skippedFiles';

/** It runs while somebody works with the page, so it leaves most of the machine alone: of two cores, one. */
const readers = (): number => (navigator.hardwareConcurrency > 2 ? 2 : 1);
/**
 * The events of so many insights are read in one go, those of the most severe first. Each may hold some megabytes in each
 * reader until all logs are read.
 */
const INSIGHTS_AT_ONCE = 12;
/** Listeners are told this often, in milliseconds. */
const EVERY = 250;

/** The logs of one analysis as far as they are at hand, and what is still to be read from them. */
interface AtHand {
  readonly id: string;
  readonly sources: ReadSources;
  /** Whether they are all its logs; otherwise some were read in an earlier visit. */
  readonly isWhole: boolean;
  insights: readonly Insight[];
  readonly waiting: Set<string>;
  /** What was read, or given up, since these logs came, by `sharedEventID`. */
  readonly done: Map<string, EventsWanted>;
  /** Why the events of an insight could not be read. */
  readonly failures: Map<string, string>;
}

interface Round {
  readonly insights: readonly Insight[];
  readonly pool: ReaderPool;
  /** Bytes. */
  total: number;
  readonly stop: AbortController;
}

/** Reads logs once more, for the raw events behind the insights found in them; one round at a time, in the background. */
export class SecondReading {
  #atHand: AtHand | null = null;
  #round: Round | null = null;
  #isPaused = false;

  constructor(
    private readonly analyzer: () => Remote<Analyzer>,
    private readonly tell: RawEventsListener,
  ) {}

  /** Logs were read into an analysis; the events of its insights are read next. `isNew`: there were none before. */
  begin(analysis: OpenAnalysis, sources: ReadSources, isNew: boolean): void {
    const before = this.#atHand?.id === analysis.id ? this.#atHand : null;
    if (before) sources.join(before.sources);
    this.#atHand = {
      id: analysis.id,
      sources,
      isWhole: before?.isWhole ?? isNew,
      insights: analysis.insights,
      waiting: new Set(
        analysis.insights.slice(0, MOST_INSIGHTS_READ).map(({ sharedEventID }) => sharedEventID),
      ),
      done: new Map(),
      failures: new Map(),
    };
  }

  /** Other insights were found in the same logs. */
  refresh({ id, insights }: Detected): void {
    if (this.#atHand?.id === id) this.#atHand.insights = insights;
  }

  /** Stops at once; what is not read yet waits for `resume`. */
  pause(): void {
    this.#isPaused = true;
    this.#round?.insights.forEach(({ sharedEventID }) => this.#atHand?.waiting.add(sharedEventID));
    this.#round?.stop.abort();
    this.#round = null;
  }

  /** What waits is read once the page has shown what there is. */
  resume(): void {
    this.#isPaused = false;
    whenIdle(() => {
      if (this.#round === null) void this.#readWaiting();
    });
  }

  forget(id: string): void {
    if (this.#atHand?.id !== id) return;
    this.pause();
    this.#atHand = null;
    this.resume();
  }

  /** How far the reading of an insight's events is, 0 to 1; null when it is not under way. */
  fractionOf(id: string, sharedEventID: string): number | null {
    if (this.#atHand?.id !== id) return null;
    if (this.#round?.insights.some((insight) => insight.sharedEventID === sharedEventID)) {
      const { bytes, largeBytes } = this.#round.pool.crew.soFar;
      return this.#round.total > 0 ? Math.min(1, (bytes + largeBytes) / this.#round.total) : 0;
    }
    return this.#atHand.waiting.has(sharedEventID) ? 0 : null;
  }

  failureOf(id: string, sharedEventID: string): string | null {
    return (this.#atHand?.id === id && this.#atHand.failures.get(sharedEventID)) || null;
  }

  /** Reads the events of one insight after those that wait already; false when that is done or its logs are not at hand. */
  ask(id: string, sharedEventID: string): boolean {
    const insight = this.#insightOf(id, sharedEventID);
    if (!insight || !this.#atHand) return false;
    const { from, to } = eventsWantedOf(insight);
    const done = this.#atHand.done.get(sharedEventID);
    if (done?.from === from && done.to === to) return false;
    this.#atHand.waiting.add(sharedEventID);
    if (this.#round === null) void this.#readWaiting();
    return true;
  }

  #insightOf(id: string, sharedEventID: string): Insight | null {
    if (this.#atHand?.id !== id) return null;
    return this.#atHand.insights.find((each) => each.sharedEventID === sharedEventID) ?? null;
  }

  async #readWaiting(): Promise<void> {
    while (!this.#isPaused && this.#atHand && this.#atHand.waiting.size > 0) {
      const atHand = this.#atHand;
      const all = atHand.insights.filter((each) => atHand.waiting.has(each.sharedEventID));
      const insights = all.slice(0, INSIGHTS_AT_ONCE);
      atHand.waiting.clear();
      for (const { sharedEventID } of all.slice(INSIGHTS_AT_ONCE))
        atHand.waiting.add(sharedEventID);
      if (insights.length === 0) return;
      const pool = new ReaderPool(readers());
      const round = { insights, pool, total: 0, stop: new AbortController() };
      this.#round = round;
      await this.#read(round, atHand);
      if (this.#round !== round) return;
      this.#round = null;
      this.tell(atHand.id);
    }
  }

  async #read(round: Round, atHand: AtHand): Promise<void> {
    const timer = setInterval(() => this.tell(atHand.id), EVERY);
    const { signal } = round.stop;
    const stopped = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
    try {
      await Promise.race([this.#collectAndKeep(round, atHand), round.pool.crew.failed, stopped]);
    } catch (error) {
      if (signal.aborted) return;
      const why = whyUnreadable(error);
      for (const { sharedEventID } of round.insights) atHand.failures.set(sharedEventID, why);
    } finally {
      clearInterval(timer);
      round.pool.crew.terminate();
    }
    for (const each of round.insights) atHand.done.set(each.sharedEventID, eventsWantedOf(each));
  }

  async #collectAndKeep(round: Round, { id, sources, isWhole }: AtHand): Promise<void> {
    for (const each of await collect(round, sources)) {
      round.stop.signal.throwIfAborted();
      await this.analyzer().keepRawEvents(id, transfer(each, [...each.parts]), isWhole);
    }
  }
}

/** Reads everything that holds events of the round's insights. */
async function collect(round: Round, sources: ReadSources): Promise<CollectedFor[]> {
  const { pool, insights } = round;
  const wanted = insights.map(eventsWantedOf);
  const unreadable = insights.map((): FileNote[] => []);
  const holding = sources.holding(wanted);
  round.total = holding.reduce((sum, source) => sum + source.bytesFor(wanted), 0);
  await pool.crew.collect(wanted);
  for (const source of holding) {
    const failed = await source.readAgain(pool, wanted);
    if (failed.length === 0) continue;
    wanted.forEach((each, i) => source.bytesFor([each]) > 0 && unreadable[i].push(...failed));
  }
  const parts = await pool.collected();
  for (const each of unreadable) each.push(...pool.lost);
  return insights.map(({ sharedEventID }, i) => ({
    sharedEventID,
    wanted: wanted[i],
    parts: parts.map((ofReader) => ofReader[i]),
    unreadable: unreadable[i],
  }));
}
