import { untrack } from 'svelte';
import type { SeriesKey } from '../core/activity/callSeries';
import type { Insight } from '../core/insights/insight';
import { judgedTable } from '../core/insights/mutes';
import { DEFAULT_SETTINGS, type DetectionSettings } from '../core/insights/settings';
import type { AnalysisSummary, Client, Detected, OpenAnalysis, Progress } from '../worker/client';
import type { TimeZone } from './format';
import { seriesOf } from './overview/seriesOf';
import { sameInsight } from './insights/relatedInsights';
import type { Intake } from './intake/walkDropped';
import { Preferences } from './preferences.svelte';
import { isOfSeverityAlone, type SettingsBefore } from './settings/settingsBefore';
import { browserAddress, type Address, type Place } from './view/address';
import { movedView } from './view/logRefs';
import { opaqueId } from './view/opaqueId';
import { FRESH_VIEW, formatFragment, parseFragment, type View } from './view/viewFragment';

export type Phase = 'idle' | 'reading' | 'detecting' | 'done' | 'failed';

/** One read under way. */
interface Reading {
  readonly name: string;
  readonly stop: AbortController;
  readonly enough: AbortController;
  /** Told to read no further, and bringing to an end what is read. */
  readonly isEnding: boolean;
}

/** Most changes are detected in this many milliseconds; what takes longer makes way for a newer wish. */
const PATIENCE_MS = 100;

/** So many changes of the settings can be taken back. */
const MOST_UNDONE = 50;

const wordsOf = (reason: unknown): string =>
  reason instanceof Error && reason.message ? reason.message : String(reason);

/** Makes what all lanes are drawn from, in a task of its own: nothing may block the page for 50 ms. */
async function readyToDraw({ table, settings }: OpenAnalysis): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
  seriesOf(judgedTable(table, settings), settings.readEvents);
  await new Promise((resolve) => setTimeout(resolve));
}

const placeOf = (view: View): Place => ({ fragment: formatFragment(view), text: view.text });

/** The state of the page: which analysis is open, what is going on, what is chosen. */
export class Session {
  readonly client: Client;
  readonly preferences: Preferences;
  readonly #address: Address;

  analysis = $state.raw<OpenAnalysis | null>(null);
  earlier = $state.raw<readonly AnalysisSummary[]>([]);
  progress = $state.raw<Progress | null>(null);
  waiting = $state.raw<readonly Intake[]>([]);
  failure = $state<string | null>(null);
  /** The analysis that was removed last, while that can be undone. */
  removed = $state.raw<AnalysisSummary | null>(null);
  /** Settings asked for and not yet detected with; shown at once, so that a slider follows the hand. */
  wantedSettings = $state.raw<DetectionSettings | null>(null);
  /** Share of the series that are detected in, where that takes long. */
  detectedShare = $state<number | null>(null);
  /** Before each change of the settings of the open analysis, newest last. */
  #before = $state.raw<readonly SettingsBefore[]>([]);
  /** Series in sight: they are detected in first. */
  inSight: () => readonly SeriesKey[] = () => [];
  /** A newer wish came: ends the detection that runs, unless it is through by itself in a moment. */
  #hurry: () => void = () => {};
  #reading = $state.raw<Reading | null>(null);
  #detecting = $state(false);
  #opening = $state(false);
  #view = $state.raw<View>(parseFragment(''));

  readonly reading = $derived(this.#reading);
  readonly phase: Phase = $derived.by(() => {
    if (this.#reading) return this.progress?.phase ?? 'reading';
    if (this.#opening) return 'reading';
    if (this.#detecting) return 'detecting';
    if (this.failure) return 'failed';
    return this.analysis ? 'done' : 'idle';
  });
  readonly #whole = $derived(this.analysis?.table);
  /** As text, so that nothing is filtered again where it says the same. */
  readonly #filter = $derived.by(() => {
    const { mutes, excludedSpans, serviceEvents, signIns } = this.analysis?.settings ?? {};
    return JSON.stringify([mutes, excludedSpans, serviceEvents, signIns]);
  });
  readonly #judgedTable = $derived.by(() => {
    void this.#filter;
    const settings = untrack(() => this.analysis?.settings);
    return this.#whole && settings && judgedTable(this.#whole, settings);
  });
  /** The open analysis with the table that detection sees: without what is left out. */
  readonly judged: OpenAnalysis | null = $derived(
    this.analysis && this.#judgedTable ? { ...this.analysis, table: this.#judgedTable } : null,
  );
  /** The analysis that more logs would join: one that was received has none to join. */
  readonly addsTo = $derived(
    this.analysis?.received || this.analysis?.isSoFar ? null : this.analysis,
  );
  readonly insights = $derived(this.analysis?.insights ?? []);
  readonly #wantedInsight = $derived(this.#view.insight);
  readonly selected: Insight | null = $derived(
    (this.#wantedInsight &&
      this.insights.find((insight) => this.#idOf(insight) === this.#wantedInsight)) ||
      null,
  );
  readonly settings: DetectionSettings = $derived(
    this.wantedSettings ?? this.analysis?.settings ?? DEFAULT_SETTINGS,
  );
  /** What the last change is to be compared with; null where nothing was changed. */
  readonly before: SettingsBefore | null = $derived(this.#before.at(-1) ?? null);
  readonly zone: TimeZone = $derived.by(() => this.#view.zone ?? this.preferences.zone);

  constructor(client: Client, preferences = new Preferences(), address = browserAddress) {
    this.client = client;
    this.preferences = preferences;
    this.#address = address;
    this.#view = this.#read();
  }

  /** Shows what the address names, else what was open last. */
  async start(): Promise<void> {
    await this.#refreshEarlier();
    void this.client.forgetRemoved().catch(() => {});
    const wanted = this.#view.analysis ?? this.preferences.lastAnalysis;
    if (!this.earlier.some(({ id }) => id === wanted))
      return this.show({ ...FRESH_VIEW, analysis: null }, 'replace');
    if (!this.#reading) await this.open(wanted!, 'replace');
  }

  /** Reads more logs: into the open analysis, else into a new one; while a read goes on, after it. */
  async add(intake: Intake): Promise<void> {
    this.waiting = [...this.waiting, intake];
    if (this.#reading) return;
    while (this.waiting.length > 0 && (await this.#readNext()));
    if (this.wantedSettings) await this.detect(this.wantedSettings);
  }

  /** Reads no further: what is read by now is all there is. */
  endReading(): void {
    if (!this.#reading) return;
    this.waiting = [];
    this.#reading.enough.abort();
    this.#reading = { ...this.#reading, isEnding: true };
  }

  /** Stops reading at once, forgets what waits; what was open before stays as it was. */
  cancel(): void {
    this.waiting = [];
    this.#reading?.stop.abort();
  }

  async #readNext(): Promise<boolean> {
    const [intake, ...rest] = this.waiting;
    this.waiting = rest;
    const before = this.analysis;
    const stop = new AbortController();
    const enough = new AbortController();
    this.#reading = { name: intake.name, stop, enough, isEnding: false };
    this.progress = null;
    this.failure = null;
    try {
      const analysis = await this.client.read(intake.files, {
        name: intake.name,
        addTo: this.addsTo?.id,
        onto: this.analysis?.id,
        settings: this.settings,
        onProgress: (progress) => (this.progress = progress),
        onSoFar: (analysis) => void this.#showSoFar(analysis, before, stop.signal),
        signal: stop.signal,
        enough: enough.signal,
      });
      await readyToDraw(analysis);
      this.#show(analysis, 'push');
      return true;
    } catch (reason) {
      this.#backTo(before);
      if (!stop.signal.aborted) this.failure = wordsOf(reason);
      return !stop.signal.aborted;
    } finally {
      this.#reading = null;
      await this.#refreshEarlier();
    }
  }

  async open(id: string, history: 'push' | 'replace' = 'push'): Promise<void> {
    this.#opening = true;
    this.failure = null;
    try {
      const analysis = await this.client.open(id);
      await readyToDraw(analysis);
      this.#show(analysis, history);
    } catch (reason) {
      this.failure = wordsOf(reason);
    } finally {
      this.#opening = false;
    }
  }

  #show(analysis: OpenAnalysis, history: 'push' | 'replace'): void {
    this.#before = [];
    this.#put(analysis, history);
    this.preferences.lastAnalysis = analysis.id;
  }

  /** Shows a look at logs that are being read, unless another analysis was opened meanwhile. */
  async #showSoFar(
    analysis: OpenAnalysis,
    before: OpenAnalysis | null,
    stop: AbortSignal,
  ): Promise<void> {
    await readyToDraw(analysis);
    if (this.#reading?.stop.signal !== stop) return;
    if (this.analysis === before || this.analysis?.id === analysis.id) this.#put(analysis, 'push');
  }

  /** What is chosen stays chosen where the same analysis comes again, and so does all else that is shown of it. */
  #put(analysis: OpenAnalysis, history: 'push' | 'replace'): void {
    const before = this.analysis;
    const again = this.selected && sameInsight(analysis.insights, this.selected);
    this.analysis = analysis;
    if (analysis.id !== this.#view.analysis)
      return this.show({ ...FRESH_VIEW, analysis: analysis.id }, history);
    const view = before?.id === analysis.id ? movedView(this.#view, before, analysis) : this.#view;
    this.show({ ...view, ...(again && { insight: this.#idOf(again) }) }, history);
  }

  /** A look ends with its reading. */
  #backTo(before: OpenAnalysis | null): void {
    if (!this.analysis?.isSoFar) return;
    this.analysis = before;
    this.wantedSettings = null;
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
    await this.#refreshEarlier();
  }

  /** What was removed before is gone now; this can be taken back until something else is removed, or for a while. */
  async remove(id: string): Promise<void> {
    await this.forgetRemoved();
    this.removed = this.earlier.find((each) => each.id === id) ?? null;
    await this.client.remove(id);
    await this.#refreshEarlier();
  }

  async undoRemove(): Promise<void> {
    if (!this.removed) return;
    await this.client.restore(this.removed.id);
    this.removed = null;
    await this.#refreshEarlier();
  }

  async forgetRemoved(): Promise<void> {
    this.removed = null;
    await this.client.forgetRemoved();
  }

  /** Detects under other settings, which can be undone; while logs are read, only the newest wish is kept. */
  async detect(settings: DetectionSettings): Promise<void> {
    if (this.analysis && !this.#detecting)
      this.#before = this.#changedFrom(this.analysis, settings);
    await this.#detect(settings);
  }

  /** Takes the last change of the settings back. */
  async undo(): Promise<void> {
    const before = this.#before.at(-1);
    if (!before || this.#detecting) return;
    this.#before = this.#before.slice(0, -1);
    await this.#detect(before.settings);
  }

  #changedFrom(now: SettingsBefore, settings: DetectionSettings): readonly SettingsBefore[] {
    const last = this.#before.at(-1);
    const goesOn =
      last &&
      isOfSeverityAlone(last.settings, now.settings) &&
      isOfSeverityAlone(now.settings, settings);
    return goesOn ? this.#before : [...this.#before, now].slice(-MOST_UNDONE);
  }

  /** While one detection runs, only the newest wish is kept, and soon takes its place. */
  async #detect(settings: DetectionSettings): Promise<void> {
    this.wantedSettings = settings;
    if (this.#detecting) return this.#hurry();
    if (!this.analysis || this.analysis.isSoFar) return;
    const { id } = this.analysis;
    this.#detecting = true;
    this.failure = null;
    try {
      let asked: DetectionSettings | null = null;
      while (asked !== this.wantedSettings && this.analysis?.id === id) {
        asked = this.wantedSettings!;
        this.#showDetected(await this.#detectOnce(id, asked));
      }
    } catch (reason) {
      this.failure = wordsOf(reason);
    } finally {
      this.wantedSettings = null;
      this.detectedShare = null;
      this.#detecting = false;
    }
  }

  #detectOnce(id: string, settings: DetectionSettings): Promise<Detected | null> {
    const stop = new AbortController();
    const since = performance.now();
    this.#hurry = () =>
      void setTimeout(() => stop.abort(), Math.max(0, since + PATIENCE_MS - performance.now()));
    return this.client.detect(id, settings, {
      first: [...(this.selected ? [this.selected.key] : []), ...this.inSight()],
      onSoFar: (detected, share) => {
        if (this.wantedSettings !== settings) return;
        this.detectedShare = share;
        this.#showDetected(detected);
      },
      signal: stop.signal,
    });
  }

  #showDetected(detected: Detected | null): void {
    if (detected && this.analysis?.id === detected.id)
      this.analysis = { ...this.analysis, ...detected };
  }

  select(insight: Insight | null, history: 'push' | 'replace' = 'push'): void {
    this.show({ insight: insight && this.#idOf(insight), series: null }, history);
  }

  setZone(zone: TimeZone): void {
    this.preferences.setZone(zone);
    this.show({ zone }, 'replace');
  }

  /** Back, forward, or an address typed by hand. */
  async followAddress(): Promise<void> {
    this.#view = this.#read();
    const { analysis } = this.#view;
    if (this.#reading || analysis === (this.analysis?.id ?? null)) return;
    if (analysis) await this.open(analysis, 'replace');
    else this.analysis = null;
  }

  async #refreshEarlier(): Promise<void> {
    try {
      this.earlier = await this.client.list();
    } catch (reason) {
      this.failure = `Earlier analyses cannot be listed: ${wordsOf(reason)}`;
    }
  }

  /** What the page shows, as it stands in the address. */
  get view(): View {
    return this.#view;
  }

  /** Shows something else; `push` makes a step to go back to. */
  show(change: Partial<View>, history: 'push' | 'replace'): void {
    const before = placeOf(this.#view);
    this.#view = { ...this.#view, ...change };
    const place = placeOf(this.#view);
    if (place.fragment !== before.fragment || place.text !== before.text)
      this.#address.write(place, history);
  }

  #read(): View {
    const { fragment, text } = this.#address.read();
    return parseFragment(fragment, text);
  }

  #idOf({ sharedEventID }: Insight): string {
    return opaqueId(this.#view.analysis ?? '', sharedEventID);
  }
}
