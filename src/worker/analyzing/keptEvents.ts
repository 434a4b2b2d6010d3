import type { Analysis } from '../../core/analysis';
import { isShared, type EventsOfInsight } from '../../core/export/shared/sharedAnalysis';
import { inTimeOrder } from '../../core/export/records';
import { countWanted, eventsWantedOf } from '../../core/rawEvents';
import { mergeCollected } from '../../core/read/collectRecords';
import {
  getRawEvents,
  type KeptRawEvents,
  packRawEvents,
  putRawEvents,
  unpackRawEvents,
} from '../../store/rawEventsStore';
import type { Database } from '../../store/schema';
import type { StoredRawEvents } from '../../store/stored';
import { type KeptAnalyses, succeeds } from './keptAnalyses';
import { release } from '../reading/release';
import { type CollectedFor, decodeCollected, type RawEvents } from './rawEvents';

/** So many logs that could not be read again are named. */
const MOST_NAMED = 100;

/** The raw events behind insights. */
export class KeptEvents {
  /** Those that could not be stored, as they would have been, by analysis and insight. */
  readonly #unstored = new Map<string, StoredRawEvents>();

  constructor(
    private readonly database: Promise<Database>,
    private readonly analyses: KeptAnalyses,
  ) {}

  /** `isWhole`: they come from all logs of the analysis; otherwise they join those that an earlier visit kept. */
  async keep(
    id: string,
    { sharedEventID, wanted, parts, unreadable }: CollectedFor,
    isWhole: boolean,
  ): Promise<void> {
    const before = isWhole ? undefined : await this.#kept(id, sharedEventID);
    const found = mergeCollected([...parts.map(decodeCollected), ...(before ? [before] : [])]);
    parts.forEach(release);
    const packed = await packRawEvents({
      ...wanted,
      ...found,
      unreadable: unreadable.slice(0, MOST_NAMED),
    });
    const put = (database: Database, value: StoredRawEvents) =>
      putRawEvents(database, id, sharedEventID, value);
    const stored = !this.analyses.isUnstored(id) && (await succeeds(put, this.database, packed));
    if (!stored) this.#unstored.set(keyOf(id, sharedEventID), packed);
  }

  /** Those of one insight; null when none were kept. */
  async of(id: string, sharedEventID: string): Promise<RawEvents | null> {
    const kept = await this.#kept(id, sharedEventID);
    const { analysis } = await this.analyses.get(id);
    return kept ? toRawEvents(kept, analysis) : receivedEvents(analysis, sharedEventID);
  }

  /** Those of every insight that has them. */
  async ofAll(id: string, analysis: Analysis): Promise<EventsOfInsight[]> {
    if (isShared(analysis)) return [...analysis.shared.events];
    const events: EventsOfInsight[] = [];
    for (const { sharedEventID } of inTimeOrder(analysis.insights)) {
      const kept = await this.#kept(id, sharedEventID);
      if (!kept) continue;
      const { events: records, eventsLeftOut } = toRawEvents(kept, analysis);
      events.push({ sharedEventID, records, leftOut: eventsLeftOut });
    }
    return events;
  }

  /** Gives back what is only in memory. */
  forgetUnstored(): void {
    this.#unstored.clear();
  }

  async #kept(id: string, sharedEventID: string): Promise<KeptRawEvents | undefined> {
    const unstored = this.#unstored.get(keyOf(id, sharedEventID));
    const packed = unstored ?? (await getRawEvents(await this.database, id, sharedEventID));
    return packed && unpackRawEvents(packed);
  }
}

/** The events that a shared analysis came with; null where it came without. */
function receivedEvents(analysis: Analysis, sharedEventID: string): RawEvents | null {
  if (!isShared(analysis)) return null;
  const came = analysis.shared.events.find((each) => each.sharedEventID === sharedEventID);
  const insight = analysis.insights.find((each) => each.sharedEventID === sharedEventID);
  if (!came || !insight) return null;
  const { from, to } = eventsWantedOf(insight);
  const { records: events, leftOut: eventsLeftOut } = came;
  return { from, to, events, eventsLeftOut, others: [], othersLeftOut: 0, unreadable: [] };
}

/** What the counts say beyond the events kept was left out. */
function toRawEvents(kept: KeptRawEvents, analysis: Analysis): RawEvents {
  const { from, to, events, others, unreadable } = kept;
  const inLogs = countWanted(analysis, kept);
  return {
    from,
    to,
    events: events.map(({ text }) => text),
    eventsLeftOut: Math.max(0, inLogs.events - events.length),
    others: others.map(({ text }) => text),
    othersLeftOut: Math.max(0, inLogs.others - others.length),
    unreadable,
  };
}

const keyOf = (id: string, sharedEventID: string): string => JSON.stringify([id, sharedEventID]);
