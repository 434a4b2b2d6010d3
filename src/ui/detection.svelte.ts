import type { SeriesKey } from '../core/activity/callSeries';
import type { DetectionSettings } from '../core/insights/settings';
import type { Client, Detected, OpenAnalysis } from '../worker/client';
import { callsReadyToShow, readyToShow } from './readyToShow';
import { isOfSeverityAlone, type SettingsBefore } from './settings/settingsBefore';

/** Most changes are detected in this many milliseconds; what takes longer makes way for a newer wish. */
const PATIENCE_MS = 100;

/** So many changes of the settings can be taken back. */
const MOST_UNDONE = 50;

/** Where the analysis is open that is detected in. */
export interface DetectionHost {
  readonly client: Client;
  analysis: OpenAnalysis | null;
  /** Series that are detected in first. */
  firstSeries(): readonly SeriesKey[];
  failure: string | null;
  /** Says why a detection failed. */
  fail(reason: unknown): void;
}

/** Detects in the open analysis under other settings, and takes that back. */
export class Detection {
  readonly #host: DetectionHost;
  /** Settings asked for and not yet detected with; shown at once, so that a slider follows the hand. */
  wanted = $state.raw<DetectionSettings | null>(null);
  /** Share of the series that are detected in, where that takes long. */
  share = $state<number | null>(null);
  #isRunning = $state(false);
  /** Findings that were to be shown, counted, and the last of them that is. */
  #begun = 0;
  #shown = 0;
  /** Before each change of the settings of the open analysis, newest last. */
  #before = $state.raw<readonly SettingsBefore[]>([]);
  /** A newer wish came: ends the detection that runs, unless it is through by itself in a moment. */
  #hurry: () => void = () => {};

  /** What the last change is to be compared with; null where nothing was changed. */
  readonly before: SettingsBefore | null = $derived(this.#before.at(-1) ?? null);

  constructor(host: DetectionHost) {
    this.#host = host;
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** Another analysis is open: what was changed in the one before is not taken back. */
  forgetChanges(): void {
    this.#before = [];
  }

  /** Detects under other settings, which can be undone; while logs are read, only the newest wish is kept. */
  async detect(settings: DetectionSettings): Promise<void> {
    const { analysis } = this.#host;
    if (analysis && !this.#isRunning) this.#before = this.#changedFrom(analysis, settings);
    await this.#detect(settings);
  }

  /** Takes the last change of the settings back. */
  async undo(): Promise<void> {
    const before = this.#before.at(-1);
    if (!before || this.#isRunning) return;
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
    this.wanted = settings;
    if (this.#isRunning) return this.#hurry();
    const { analysis } = this.#host;
    if (!analysis || analysis.isSoFar) return;
    this.#isRunning = true;
    this.#host.failure = null;
    try {
      let asked: DetectionSettings | null = null;
      while (asked !== this.wanted && this.#host.analysis?.id === analysis.id) {
        asked = this.wanted!;
        const detected = this.#detectOnce(analysis.id, asked);
        void callsReadyToShow({ table: analysis.table, settings: asked });
        await this.#show(await detected);
      }
    } catch (reason) {
      this.#host.fail(reason);
    } finally {
      this.wanted = null;
      this.share = null;
      this.#isRunning = false;
    }
  }

  #detectOnce(id: string, settings: DetectionSettings): Promise<Detected | null> {
    const stop = new AbortController();
    const since = performance.now();
    this.#hurry = () =>
      void setTimeout(() => stop.abort(), Math.max(0, since + PATIENCE_MS - performance.now()));
    return this.#host.client.detect(id, settings, {
      first: this.#host.firstSeries(),
      onSoFar: (detected, share) => {
        if (this.wanted !== settings) return;
        this.share = share;
        void this.#show(detected);
      },
      signal: stop.signal,
    });
  }

  /** Shows what was found once all is made that it is drawn from, unless something newer is shown by then. */
  async #show(detected: Detected | null): Promise<void> {
    const { analysis } = this.#host;
    if (!detected || analysis?.id !== detected.id) return;
    const turn = ++this.#begun;
    await readyToShow({ ...analysis, ...detected });
    const now = this.#host.analysis;
    if (now?.id !== detected.id || now.table !== analysis.table || turn < this.#shown) return;
    this.#shown = turn;
    this.#host.analysis = { ...now, ...detected };
  }
}
