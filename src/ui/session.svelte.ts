import type { SeriesKey } from '../core/activity/callSeries';
import type { Insight } from '../core/insights/insight';
import { DEFAULT_SETTINGS, type DetectionSettings } from '../core/insights/settings';
import { isPartLost, type Client, type OpenAnalysis } from '../worker/client';
import { Detection } from './detection.svelte';
import { EarlierAnalyses } from './earlierAnalyses.svelte';
import type { TimeZone } from './format';
import { sameInsight } from './insights/relatedInsights';
import type { Intake } from './intake/walkDropped';
import { Judged } from './judged.svelte';
import { Preferences } from './preferences.svelte';
import { Readings, type Reading } from './readings.svelte';
import { readyToShow } from './readyToShow';
import { reasonOf } from './reasonOf';
import { browserAddress } from './view/address';
import { AddressedView } from './view/addressedView.svelte';
import { movedView } from './view/logRefs';
import { insightId } from './view/opaqueId';
import { FRESH_VIEW, type View } from './view/viewFragment';

export type Phase = 'idle' | 'reading' | 'detecting' | 'done' | 'failed';

/** The state of the page: which analysis is open, what is going on, what is chosen. */
export class Session {
  readonly client: Client;
  readonly preferences: Preferences;
  readonly earlier: EarlierAnalyses;
  readonly readings: Readings;
  readonly detection: Detection;
  readonly #view: AddressedView;

  analysis = $state.raw<OpenAnalysis | null>(null);
  failure = $state<string | null>(null);
  /** What could not be read since a part of the page was lost; it can be read when that is there. */
  unread = $state.raw<readonly Intake[]>([]);
  /** Series in sight: they are detected in first. */
  inSight: () => readonly SeriesKey[] = () => [];
  #opening = $state(false);
  readonly #judged = new Judged(() => this.analysis);

  readonly phase: Phase = $derived.by(() => {
    if (this.reading) return this.readings.progress?.phase ?? 'reading';
    if (this.#opening) return 'reading';
    if (this.detection.isRunning) return 'detecting';
    if (this.failure) return 'failed';
    return this.analysis ? 'done' : 'idle';
  });
  /** The analysis that more logs would join: one that was received has none to join. */
  readonly addsTo = $derived(
    this.analysis?.received || this.analysis?.isSoFar ? null : this.analysis,
  );
  readonly insights = $derived(this.analysis?.insights ?? []);
  readonly #wantedInsight = $derived.by(() => this.view.insight);
  readonly selected: Insight | null = $derived(
    (this.#wantedInsight &&
      this.insights.find((insight) => this.#idOf(insight) === this.#wantedInsight)) ||
      null,
  );
  readonly settings: DetectionSettings = $derived.by(
    () => this.detection.wanted ?? this.analysis?.settings ?? DEFAULT_SETTINGS,
  );
  readonly zone: TimeZone = $derived.by(() => this.view.zone ?? this.preferences.zone);

  constructor(client: Client, preferences = new Preferences(), address = browserAddress) {
    this.client = client;
    this.preferences = preferences;
    this.#view = new AddressedView(address);
    this.earlier = new EarlierAnalyses(client, (reason) => {
      this.failure = `Earlier analyses cannot be listed: ${reasonOf(reason)}`;
    });
    this.readings = new Readings((intake, reading) => this.#read(intake, reading));
    this.detection = new Detection(this);
  }

  /** What the page shows, as it stands in the address. */
  get view(): View {
    return this.#view.now;
  }

  /** The read under way. */
  get reading(): Reading | null {
    return this.readings.now;
  }

  /** The open analysis with the table that detection sees: without what is left out. */
  get judged(): OpenAnalysis | null {
    return this.#judged.analysis;
  }

  /** Shows what the address names, else what was open last. */
  async start(): Promise<void> {
    await this.earlier.refresh();
    void this.client.forgetRemoved().catch(() => {});
    const wanted = this.view.analysis ?? this.preferences.lastAnalysis;
    if (!this.earlier.all.some(({ id }) => id === wanted))
      return this.show({ ...FRESH_VIEW, analysis: null }, 'replace');
    if (!this.reading) await this.open(wanted!, 'replace');
  }

  /** Reads more logs: into the open analysis, else into a new one; while a read goes on, after it. */
  async add(intake: Intake): Promise<void> {
    if (this.reading) return this.readings.add(intake);
    await this.readings.add(intake);
    const { wanted } = this.detection;
    if (wanted) await this.detection.detect(wanted);
  }

  /** Reads what was kept since it could not be read. */
  async tryAgain(): Promise<void> {
    const kept = this.unread;
    this.unread = [];
    for (const intake of kept) await this.add(intake);
  }

  /** Where it fails or is cancelled, what was open before stays as it was. */
  async #read(intake: Intake, { stop, enough }: Reading): Promise<void> {
    const { name, files } = intake;
    const before = this.analysis;
    this.failure = null;
    try {
      const analysis = await this.client.read(files, {
        name,
        addTo: this.addsTo?.id,
        onto: this.analysis?.id,
        settings: this.settings,
        onProgress: (progress) => (this.readings.progress = progress),
        onSoFar: (analysis) => void this.#showSoFar(analysis, before, stop.signal),
        signal: stop.signal,
        enough: enough.signal,
      });
      await readyToShow(analysis);
      this.#show(analysis, 'push');
    } catch (reason) {
      this.#backTo(before);
      if (!stop.signal.aborted) this.fail(reason);
      if (isPartLost(reason)) this.unread = [...this.unread, intake];
    }
    await this.earlier.refresh();
  }

  async open(id: string, history: 'push' | 'replace' = 'push'): Promise<void> {
    this.#opening = true;
    this.failure = null;
    try {
      const analysis = await this.client.open(id);
      await readyToShow(analysis);
      this.#show(analysis, history);
    } catch (reason) {
      this.fail(reason);
    } finally {
      this.#opening = false;
    }
  }

  #show(analysis: OpenAnalysis, history: 'push' | 'replace'): void {
    this.detection.forgetChanges();
    this.#put(analysis, history);
    this.preferences.lastAnalysis = analysis.id;
  }

  /** Shows a look at logs that are being read, unless another analysis was opened meanwhile. */
  async #showSoFar(
    analysis: OpenAnalysis,
    before: OpenAnalysis | null,
    stop: AbortSignal,
  ): Promise<void> {
    await readyToShow(analysis);
    if (this.reading?.stop.signal !== stop) return;
    if (this.analysis === before || this.analysis?.id === analysis.id) this.#put(analysis, 'push');
  }

  /** What is chosen stays chosen where the same analysis comes again, and so does all else that is shown of it. */
  #put(analysis: OpenAnalysis, history: 'push' | 'replace'): void {
    const before = this.analysis;
    const again = this.selected && sameInsight(analysis.insights, this.selected);
    this.analysis = analysis;
    if (analysis.id !== this.view.analysis)
      return this.show({ ...FRESH_VIEW, analysis: analysis.id }, history);
    const view = before?.id === analysis.id ? movedView(this.view, before, analysis) : this.view;
    this.show({ ...view, ...(again && { insight: this.#idOf(again) }) }, history);
  }

  /** A look ends with its reading. */
  #backTo(before: OpenAnalysis | null): void {
    if (!this.analysis?.isSoFar) return;
    this.analysis = before;
    this.detection.wanted = null;
    this.show({ ...FRESH_VIEW, analysis: before?.id ?? null }, 'replace');
  }

  /** Back to the start screen; the analysis stays stored. */
  close(): void {
    this.analysis = null;
    this.failure = null;
    this.preferences.lastAnalysis = null;
    this.show({ ...FRESH_VIEW, analysis: null }, 'push');
  }

  async rename(id: string, name: string): Promise<void> {
    await this.client.rename(id, name);
    if (this.analysis?.id === id) this.analysis = { ...this.analysis, name };
    await this.earlier.refresh();
  }

  /** What is chosen is detected in first, then what is in sight. */
  firstSeries(): readonly SeriesKey[] {
    return [...(this.selected ? [this.selected.key] : []), ...this.inSight()];
  }

  /** Says why something failed. */
  fail(reason: unknown): void {
    this.failure = reasonOf(reason);
  }

  forgetFailure(): void {
    this.failure = null;
    this.unread = [];
  }

  select(
    insight: Insight | null,
    history: 'push' | 'replace' = 'push',
    graphFollows = false,
  ): void {
    this.show({ insight: insight && this.#idOf(insight), series: null, graphFollows }, history);
  }

  setZone(zone: TimeZone): void {
    this.preferences.setZone(zone);
    this.show({ zone }, 'replace');
  }

  /** Back, forward, or an address typed by hand. */
  async followAddress(): Promise<void> {
    this.#view.follow();
    const { analysis } = this.view;
    if (this.reading || analysis === (this.analysis?.id ?? null)) return;
    if (analysis) await this.open(analysis, 'replace');
    else this.analysis = null;
  }

  /** Shows something else; `push` makes a step to go back to. */
  show(change: Partial<View>, history: 'push' | 'replace'): void {
    this.#view.show(change, history);
  }

  #idOf(insight: Insight): string {
    return insightId(this.analysis?.id ?? '', insight);
  }
}
