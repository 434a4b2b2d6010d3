import { expose } from 'comlink';
import { v4 as randomId } from 'uuid';
import { judge, mergeLogs } from '../core/analyze';
import type { Analysis } from '../core/analysis';
import { detectAgain } from '../core/detectAgain';
import { callSeriesOf, type SeriesKey } from '../core/activity/callSeries';
import type { Minute } from '../core/activity/minute';
import { prepareExport, type ExportChoice, type PreparedExport } from '../core/export/exportForms';
import { insightsJson } from '../core/export/insightsJson';
import { minuteCountsCsv } from '../core/export/minuteCounts';
import { keyMapJson, restore } from '../core/export/redact/keyMap';
import type { Pseudonym } from '../core/export/redact/redact';
import { inTimeOrder } from '../core/export/records';
import {
  isPartial,
  isShared,
  sharedExpectedRange,
  type EventsOfInsight,
} from '../core/export/shared/sharedAnalysis';
import { expectedRange, type ExpectedRange } from '../core/insights/expectedRange';
import { explainMinute, type MinuteExplanation } from '../core/insights/explainMinute';
import { judgedTable, withoutSpans } from '../core/insights/mutes';
import type { DetectionSettings } from '../core/insights/settings';
import { countWanted, eventsWantedOf } from '../core/rawEvents';
import { mergeCollected } from '../core/read/collectRecords';
import {
  getAnalysis,
  getIntake,
  listAnalyses,
  putAnalysis,
  removeAnalysis,
  renameAnalysis,
  replaceAnalysis,
} from '../store/analysisStore';
import {
  getRawEvents,
  type KeptRawEvents,
  packRawEvents,
  putRawEvents,
  unpackRawEvents,
} from '../store/rawEventsStore';
import { openDatabase, type Database } from '../store/schema';
import type { AnalysisSummary, Intake, StoredRawEvents } from '../store/stored';
import { valuesLeaving, type ExportPreview } from './exportPreview';
import { listedOf, summaryOf, toOpenAnalysis, type OpenAnalysis } from './openAnalysis';
import { type CollectedFor, decodeCollected, type RawEvents } from './rawEvents';
import { receiveFile } from './receiveFile';

/** What detecting again changes of an analysis. */
export type Detected = Pick<OpenAnalysis, 'id' | 'settings' | 'insights'>;

export interface AnalyzeRequest {
  readonly name: string;
  readonly addTo?: string;
  readonly intake: Intake;
  readonly settings: DetectionSettings;
}

interface Opened {
  readonly summary: AnalysisSummary;
  readonly analysis: Analysis;
  /** Kept in memory only where it could not be stored; it is the largest part. */
  readonly unstored?: Intake;
}

/** The one worker that merges, judges, stores and exports. Holds the analysis last opened. */
export class Analyzer {
  readonly #database = openDatabase();
  #open: Opened | undefined;
  /** The export that was prepared last. */
  #prepared:
    | { analysis: Analysis; key: string; events: EventsOfInsight[]; prepared: PreparedExport }
    | undefined;
  /** Raw events that could not be stored, as they would have been, by analysis and insight. */
  readonly #unstoredEvents = new Map<string, StoredRawEvents>();

  /** Merges what the readers counted, with what `addTo` already holds, tells that it is merged, detects and stores. */
  async analyze(
    { name, addTo, intake, settings }: AnalyzeRequest,
    onMerged: () => void,
  ): Promise<OpenAnalysis> {
    const before = addTo ? await this.#get(addTo) : undefined;
    const whole = before ? joined(await this.#intakeOf(before), intake) : intake;
    if (!before) this.#unstoredEvents.clear();
    const logs = mergeLogs(whole.parts, whole.reports);
    onMerged();
    const analysis = judge(logs, settings);
    const identity = before?.summary ?? { id: randomId(), name, createdAt: Date.now() };
    const summary = summaryOf(identity, analysis);
    const stored = await succeeds(putAnalysis, this.#database, {
      summary,
      analysis,
      intake: whole,
    });
    this.#open = stored ? { summary, analysis } : { summary, analysis, unstored: whole };
    return toOpen(this.#open);
  }

  /** Answers with what changed alone: the table is large, and the page has it. */
  async detect(id: string, settings: DetectionSettings): Promise<Detected> {
    const before = await this.#get(id);
    if (isPartial(before.analysis)) throw new Error(ONLY_AROUND_INSIGHTS);
    const insights = detectAgain(before.analysis, settings);
    const analysis = { ...before.analysis, settings, insights };
    this.#open = { ...before, summary: summaryOf(before.summary, analysis), analysis };
    await succeeds(replaceAnalysis, this.#database, this.#open);
    return { id, settings, insights: listedOf(analysis) };
  }

  async list(): Promise<AnalysisSummary[]> {
    return listAnalyses(await this.#database);
  }

  async open(id: string): Promise<OpenAnalysis> {
    return toOpen(await this.#get(id));
  }

  async rename(id: string, name: string): Promise<void> {
    await renameAnalysis(await this.#database, id, name);
    if (this.#open?.summary.id === id) {
      this.#open = { ...this.#open, summary: { ...this.#open.summary, name } };
    }
  }

  async remove(id: string): Promise<void> {
    await removeAnalysis(await this.#database, id);
    if (this.#open?.summary.id === id) this.#open = undefined;
  }

  async expectedRange(
    id: string,
    key: SeriesKey,
    from: Minute,
    to: Minute,
  ): Promise<ExpectedRange> {
    const { analysis } = await this.#get(id);
    if (isShared(analysis) && isPartial(analysis)) {
      return sharedExpectedRange(analysis, key, from, to);
    }
    const { series, coverage, settings } = judgedSeries(analysis, key);
    return expectedRange(series, coverage, settings, from, to);
  }

  async explainMinute(id: string, key: SeriesKey, minute: Minute): Promise<MinuteExplanation> {
    const { analysis } = await this.#get(id);
    if (isPartial(analysis)) throw new Error(ONLY_AROUND_INSIGHTS);
    const { series, coverage, settings } = judgedSeries(analysis, key);
    return explainMinute(series, coverage, settings, minute);
  }

  /**
   * Keeps the raw events of one insight. `isWhole`: they come from all logs of the analysis; otherwise they join those
   * that an earlier visit kept, whose logs are not at hand.
   */
  async keepRawEvents(
    id: string,
    { sharedEventID, wanted, parts, unreadable }: CollectedFor,
    isWhole: boolean,
  ): Promise<void> {
    const before = isWhole ? undefined : await this.#keptEvents(id, sharedEventID);
    const found = mergeCollected([...parts.map(decodeCollected), ...(before ? [before] : [])]);
    const packed = await packRawEvents({
      ...wanted,
      ...found,
      unreadable: unreadable.slice(0, MOST_NAMED),
    });
    const put = (database: Database, value: StoredRawEvents) =>
      putRawEvents(database, id, sharedEventID, value);
    const stored = !this.#isUnstored(id) && (await succeeds(put, this.#database, packed));
    if (!stored) this.#unstoredEvents.set(keyOf(id, sharedEventID), packed);
  }

  /** The raw events of one insight; null when none were kept. */
  async rawEvents(id: string, sharedEventID: string): Promise<RawEvents | null> {
    const kept = await this.#keptEvents(id, sharedEventID);
    const { analysis } = await this.#get(id);
    return kept ? toRawEvents(kept, analysis) : receivedEvents(analysis, sharedEventID);
  }

  /**
   * A file dropped alone that somebody passed on: a shared analysis becomes one of this browser's own, a key map reads the
   * analysis `onto` in clear. Null for a file that is neither. Throws what is wrong, with path and value.
   */
  async receive(file: File, name: string, onto: string | null): Promise<OpenAnalysis | null> {
    const received = await receiveFile(file);
    if (received === null) return null;
    if (received.kind === 'key map') return this.#readInClear(received.pseudonyms, onto);
    const { analysis } = received;
    const summary = summaryOf({ id: randomId(), name, createdAt: Date.now() }, analysis);
    const intake = { parts: [], reports: [] };
    const stored = await succeeds(putAnalysis, this.#database, { summary, analysis, intake });
    this.#unstoredEvents.clear();
    this.#open = stored ? { summary, analysis } : { summary, analysis, unstored: intake };
    return toOpen(this.#open);
  }

  /** Which values an export would let out, and what they become. */
  async previewExport(id: string, choice: ExportChoice): Promise<ExportPreview> {
    const prepared = await this.#prepare(id, choice);
    return {
      values: valuesLeaving(prepared),
      insightsWithEvents: this.#prepared!.events.length,
    };
  }

  async exportAs(id: string, choice: ExportChoice): Promise<Blob> {
    const { pieces, type } = await this.#prepare(id, choice);
    return new Blob([...pieces()] as BlobPart[], { type });
  }

  /** What reads the export of the same choice in clear again. */
  async keyMap(id: string, choice: ExportChoice): Promise<Blob> {
    const { pseudonyms } = await this.#prepare(id, choice);
    return new Blob([keyMapJson(pseudonyms)], { type: 'application/json' });
  }

  async insightsJson(id: string): Promise<Blob> {
    const { analysis } = await this.#get(id);
    return new Blob([insightsJson(analysis)], { type: 'application/json' });
  }

  async minuteCountsCsv(id: string): Promise<Blob> {
    const { analysis } = await this.#get(id);
    return new Blob([...minuteCountsCsv(analysis.table, analysis.settings)], { type: 'text/csv' });
  }

  async ledgerJson(id: string): Promise<Blob> {
    const { analysis } = await this.#get(id);
    return new Blob([JSON.stringify(analysis.ledger, null, 2)], { type: 'application/json' });
  }

  /** Preview, file and key map of one choice are asked for one after the other, and redacting takes a while. */
  async #prepare(id: string, choice: ExportChoice): Promise<PreparedExport> {
    const { analysis, summary } = await this.#get(id);
    const events = choice.events ? await this.#eventsOf(id, analysis) : [];
    const key = JSON.stringify([choice, summary.name, events.map(({ records }) => records.length)]);
    if (this.#prepared?.analysis !== analysis || this.#prepared.key !== key) {
      const prepared = prepareExport(analysis, choice, events, summary.name);
      this.#prepared = { analysis, key, events, prepared };
    }
    return this.#prepared.prepared;
  }

  /** The raw events of every insight that has them. */
  async #eventsOf(id: string, analysis: Analysis): Promise<EventsOfInsight[]> {
    if (isShared(analysis)) return [...analysis.shared.events];
    const events: EventsOfInsight[] = [];
    for (const { sharedEventID } of inTimeOrder(analysis.insights)) {
      const kept = await this.#keptEvents(id, sharedEventID);
      if (!kept) continue;
      const { events: records, eventsLeftOut } = toRawEvents(kept, analysis);
      events.push({ sharedEventID, records, leftOut: eventsLeftOut });
    }
    return events;
  }

  async #readInClear(pseudonyms: readonly Pseudonym[], onto: string | null): Promise<OpenAnalysis> {
    const before = onto === null ? undefined : await this.#get(onto);
    if (!before || !isShared(before.analysis)) {
      throw new Error('A key map reads a shared analysis in clear: open that one first.');
    }
    const { shared, ...rest } = restore(before.analysis, pseudonyms);
    const analysis = { ...rest, shared: { ...shared, redacted: [] } };
    this.#open = { ...before, summary: summaryOf(before.summary, analysis), analysis };
    await succeeds(replaceAnalysis, this.#database, this.#open);
    return toOpen(this.#open);
  }

  async #get(id: string): Promise<Opened> {
    if (this.#open?.summary.id !== id) this.#open = await getAnalysis(await this.#database, id);
    if (!this.#open) throw new Error('This analysis is no longer stored in this browser.');
    return this.#open;
  }

  async #keptEvents(id: string, sharedEventID: string): Promise<KeptRawEvents | undefined> {
    const unstored = this.#unstoredEvents.get(keyOf(id, sharedEventID));
    const packed = unstored ?? (await getRawEvents(await this.#database, id, sharedEventID));
    return packed && unpackRawEvents(packed);
  }

  #isUnstored(id: string): boolean {
    return this.#open?.summary.id === id && this.#open.unstored !== undefined;
  }

  async #intakeOf({ summary, unstored }: Opened): Promise<Intake> {
    const intake = unstored ?? (await getIntake(await this.#database, summary.id));
    return intake ?? { parts: [], reports: [] };
  }
}

/** Whether a write went through: a full disk or a private window must not cost the person what was found. */
async function succeeds<T>(
  write: (database: Database, value: T) => Promise<void>,
  database: Promise<Database>,
  value: T,
): Promise<boolean> {
  try {
    await write(await database, value);
    return true;
  } catch (error) {
    console.warn('Not stored:', error);
    return false;
  }
}

/** A series as detection sees it, and where its logs reach without the spans that are left out. */
function judgedSeries({ table, coverage, settings }: Analysis, key: SeriesKey) {
  const ofScope = coverage.find(
    (each) =>
      each.recipientAccountId === key.recipientAccountId && each.awsRegion === key.awsRegion,
  );
  return {
    series: callSeriesOf(judgedTable(table, settings), key),
    coverage: withoutSpans(ofScope!, settings.excludedSpans),
    settings,
  };
}

const ONLY_AROUND_INSIGHTS =
  'This analysis was received: it holds the minutes around its insights alone, so that nothing can be judged in it again.';

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

/** So many logs that could not be read again are named. */
const MOST_NAMED = 100;

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

const joined = (a: Intake, b: Intake): Intake => ({
  parts: [...a.parts, ...b.parts],
  reports: [...a.reports, ...b.reports],
});

const toOpen = ({ summary, analysis, unstored }: Opened): OpenAnalysis =>
  toOpenAnalysis(summary, analysis, unstored === undefined);

expose(new Analyzer());
