import { expose } from 'comlink';
import { v4 as randomId } from 'uuid';
import { mergeLogs } from '../../core/analyze';
import { judgeSoFar } from '../../core/judgeSoFar';
import { columnsOf } from '../../core/activity/activityPart';
import type { SeriesKey } from '../../core/activity/callSeries';
import type { Minute } from '../../core/activity/minute';
import type { ExportChoice } from '../../core/export/prepareExport';
import { restore } from '../../core/export/redact/keyMap';
import type { Pseudonym } from '../../core/export/redact/redact';
import { isPartial, isShared } from '../../core/export/shared/sharedAnalysis';
import type { ExpectedRange } from '../../core/insights/expectedRange';
import type { Insight } from '../../core/insights/insight';
import type { MinuteExplanation } from '../../core/insights/explainMinute';
import type { DetectionSettings } from '../../core/insights/settings';
import { openDatabase } from '../../store/schema';
import type { Intake } from '../../store/stored';
import type { ExportPreview } from './exportPreview';
import { Exporting, insightsBlob, ledgerBlob, minuteCountsBlob } from './exporting';
import { Detecting } from '../detecting/detecting';
import { handOver, type HandedOver } from './handOver';
import { ExpectedInSight, explanationIn, ONLY_AROUND_INSIGHTS } from './judging';
import { type Held, KeptAnalyses } from './keptAnalyses';
import { KeptEvents } from './keptEvents';
import { forPage, listedOf, summaryOf, toOpenAnalysis, type OpenAnalysis } from './openAnalysis';
import type { CollectedFor, RawEvents } from './rawEvents';
import { practise } from './practise';
import { receiveFile } from './receiveFile';
import { releaseColumns } from '../reading/release';
import { fromSent, type SentIntake, type SentPart } from '../reading/sentPart';

/** What detecting again changes of an analysis. */
export type Detected = Pick<OpenAnalysis, 'id' | 'settings' | 'insights'>;

export interface AnalyzeRequest {
  /** Of the analysis that is made, or that the logs join. */
  readonly id: string;
  readonly name: string;
  readonly isNew: boolean;
  readonly settings: DetectionSettings;
}

/** The one worker that merges, judges, stores and exports. */
export class Analyzer {
  readonly #database = openDatabase();
  readonly #kept = new KeptAnalyses(this.#database);
  readonly #detecting = new Detecting();
  readonly #expected = new ExpectedInSight();
  readonly #events = new KeptEvents(this.#database, this.#kept);
  readonly #exporting = new Exporting((id, analysis) => this.#events.ofAll(id, analysis));

  /** Gets the code compiled that merges, while nothing is to be merged. */
  practise(parts: readonly SentPart[]): Promise<void> {
    return practise(parts.map(fromSent));
  }

  /** Merges what the readers counted, with what the analysis already holds, tells that it is merged, detects and stores. */
  async analyze(
    { id, name, isNew, settings }: AnalyzeRequest,
    sent: SentIntake,
    onMerged: () => void,
  ): Promise<HandedOver<OpenAnalysis>> {
    const intake = { ...sent, parts: sent.parts.map(fromSent) };
    const before = isNew ? undefined : await this.#kept.get(id);
    const whole = before ? joined(await this.#kept.intakeOf(before), intake) : intake;
    if (!before) this.#events.forgetUnstored();
    const logs = mergeLogs(whole.parts, whole.reports, releaseColumns);
    onMerged();
    const insights = await this.#detecting.whole(logs, settings);
    const analysis = { ...logs, settings, insights };
    const identity = before?.summary ?? { id, name, createdAt: Date.now() };
    return toOpen(await this.#kept.put(summaryOf(identity, analysis), analysis, whole));
  }

  /** What a new analysis would be if nothing came any more. It is not stored. */
  analyzeSoFar(
    { id, name, settings }: AnalyzeRequest,
    sent: readonly SentPart[],
  ): HandedOver<OpenAnalysis> {
    const parts = sent.map(fromSent);
    const analysis = judgeSoFar(parts, settings, releaseColumns);
    releaseColumns(parts.flatMap(columnsOf));
    const summary = summaryOf({ id, name, createdAt: Date.now() }, analysis);
    this.#kept.holdSoFar(summary, analysis);
    return forPage({ ...toOpenAnalysis(summary, analysis, true), isSoFar: true });
  }

  /** Takes on workers that judge series; see `Detecting`. */
  employ(ports: readonly MessagePort[]): void {
    this.#detecting.employ(ports);
  }

  /**
   * Answers with what changed alone: the table is large, and the page has it. Null when a newer wish came, or
   * `stopDetecting`; then nothing is stored. `onSoFar` learns what is found before all series are judged.
   */
  async detect(
    id: string,
    settings: DetectionSettings,
    first: readonly SeriesKey[],
    onSoFar: (detected: HandedOver<Detected>, share: number) => void,
  ): Promise<HandedOver<Detected> | null> {
    const before = await this.#kept.get(id);
    if (isPartial(before.analysis)) throw new Error(ONLY_AROUND_INSIGHTS);
    const detected = (insights: readonly Insight[]): Detected => ({
      id,
      settings,
      insights: listedOf({ ...before.analysis, settings, insights }),
    });
    const insights = await this.#detecting.again(before.analysis, settings, {
      first,
      onSoFar: (soFar, share) => onSoFar(handOver(detected(soFar)), share),
    });
    const now = await this.#kept.get(id);
    if (insights === null || now.analysis.table !== before.analysis.table) return null;
    const { analysis } = await this.#kept.rejudge(now, { settings, insights });
    return handOver({ id, settings, insights: listedOf(analysis) });
  }

  /** Judges an analysis that was opened, for whoever changes its settings next; one that is open no more is left alone. */
  async learn(id: string): Promise<void> {
    const analysis = this.#kept.held(id)?.analysis;
    if (analysis && !isPartial(analysis)) await this.#detecting.learn(analysis, analysis.settings);
  }

  stopDetecting(): void {
    this.#detecting.stop();
  }

  async open(id: string): Promise<HandedOver<OpenAnalysis>> {
    return toOpen(await this.#kept.get(id));
  }

  rename(id: string, name: string): Promise<void> {
    return this.#kept.rename(id, name);
  }

  remove(id: string): Promise<void> {
    return this.#kept.remove(id);
  }

  restore(id: string): Promise<void> {
    return this.#kept.restore(id);
  }

  async expectedRange(
    id: string,
    key: SeriesKey,
    from: Minute,
    to: Minute,
    exactly: boolean,
  ): Promise<ExpectedRange> {
    return this.#expected.range((await this.#kept.get(id)).analysis, key, from, to, exactly);
  }

  async explainMinute(id: string, key: SeriesKey, minute: Minute): Promise<MinuteExplanation> {
    return explanationIn((await this.#kept.get(id)).analysis, key, minute);
  }

  /** Keeps the raw events of one insight; see `KeptEvents.keep`. */
  keepRawEvents(id: string, collected: CollectedFor, isWhole: boolean): Promise<void> {
    return this.#events.keep(id, collected, isWhole);
  }

  /** The raw events of one insight; null when none were kept. */
  rawEvents(id: string, sharedEventID: string): Promise<RawEvents | null> {
    return this.#events.of(id, sharedEventID);
  }

  /**
   * A file dropped alone that somebody passed on: a shared analysis becomes one of this browser's own, a key map reads the
   * analysis `onto` in clear. Null for a file that is neither. Throws what is wrong, with path and value.
   */
  async receive(
    file: File,
    name: string,
    onto: string | null,
  ): Promise<HandedOver<OpenAnalysis> | null> {
    const received = await receiveFile(file);
    if (received === null) return null;
    if (received.kind === 'key map') return this.#readInClear(received.pseudonyms, onto);
    const { analysis } = received;
    const summary = summaryOf({ id: randomId(), name, createdAt: Date.now() }, analysis);
    this.#events.forgetUnstored();
    return toOpen(await this.#kept.put(summary, analysis, { parts: [], reports: [] }));
  }

  async previewExport(id: string, choice: ExportChoice): Promise<ExportPreview> {
    return this.#exporting.preview(await this.#kept.get(id), choice);
  }

  async exportAs(id: string, choice: ExportChoice): Promise<Blob> {
    return this.#exporting.exportAs(await this.#kept.get(id), choice);
  }

  async keyMap(id: string, choice: ExportChoice): Promise<Blob> {
    return this.#exporting.keyMap(await this.#kept.get(id), choice);
  }

  async insightsJson(id: string): Promise<Blob> {
    return insightsBlob(await this.#kept.get(id));
  }

  async minuteCountsCsv(id: string): Promise<Blob> {
    return minuteCountsBlob(await this.#kept.get(id));
  }

  async ledgerJson(id: string): Promise<Blob> {
    return ledgerBlob(await this.#kept.get(id));
  }

  async #readInClear(
    pseudonyms: readonly Pseudonym[],
    onto: string | null,
  ): Promise<HandedOver<OpenAnalysis>> {
    const before = onto === null ? undefined : await this.#kept.get(onto);
    if (!before || !isShared(before.analysis)) {
      throw new Error('A key map reads a shared analysis in clear: open that one first.');
    }
    const { shared, ...rest } = restore(before.analysis, pseudonyms);
    const analysis = { ...rest, shared: { ...shared, redacted: [] } };
    return toOpen(await this.#kept.replace(before, analysis));
  }
}

const joined = (a: Intake, b: Intake): Intake => ({
  parts: [...a.parts, ...b.parts],
  reports: [...a.reports, ...b.reports],
});

const toOpen = ({ summary, analysis, unstored }: Held): HandedOver<OpenAnalysis> =>
  forPage(toOpenAnalysis(summary, analysis, unstored === undefined));

expose(new Analyzer());
