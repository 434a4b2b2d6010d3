import type { Analysis } from '../../src/core/analysis';
import type { DetectionSettings } from '../../src/core/insights/settings';
import type { Insight } from '../../src/core/insights/insight';
import type { Client, OpenAnalysis, ReadOptions } from '../../src/worker/client';
import { EMPTY_LEDGER } from './emptyLedger';
import { insight } from './insights/insightBuilder';

const NOTHING: Omit<Analysis, 'insights' | 'settings'> = {
  table: {
    strings: [''],
    apis: {
      recipientAccountId: new Uint32Array(),
      awsRegion: new Uint32Array(),
      eventSource: new Uint32Array(),
      eventName: new Uint32Array(),
      readOnly: new Uint8Array(),
      sort: new Uint8Array(),
    },
    callers: {
      userIdentityArn: new Uint32Array(),
      userAgent: new Uint32Array(),
      sourceIPAddress: new Uint32Array(),
      accessKeyId: new Uint32Array(),
    },
    apiStart: Uint32Array.of(0),
    minute: new Uint32Array(),
    errorCode: new Uint32Array(),
    caller: new Uint32Array(),
    calls: new Uint32Array(),
  },
  presence: [],
  coverage: [],
  ledger: EMPTY_LEDGER,
};

/** A client without workers: keeps analyses in memory and waits with every answer until the test lets it go. */
export class MemoryClient implements Client {
  readonly stored = new Map<string, OpenAnalysis>();
  /** One insight for each path that was read. */
  readonly paths: string[] = [];
  readonly detectedWith: number[] = [];
  readonly #removed = new Set<string>();
  #gate = Promise.resolve();
  #open = () => {};

  /** Shows insights of these ids as found so far by the read that goes on. */
  look: (...ids: string[]) => void = () => {};

  /** Reads and detections from here on wait for `release`. */
  hold(): void {
    this.#gate = new Promise((resolve) => (this.#open = resolve));
  }

  release(): void {
    this.#open();
  }

  async read(
    files: Parameters<Client['read']>[0],
    { name, addTo, settings, signal, onProgress, onSoFar }: ReadOptions,
  ): Promise<OpenAnalysis> {
    const aborted = new Promise<never>((_, reject) =>
      signal.addEventListener('abort', () => reject(signal.reason)),
    );
    const id = addTo ?? `analysis-${this.stored.size + 1}`;
    this.look = (...ids) => {
      const insights = ids.map((sharedEventID) => insight({ sharedEventID }));
      const found = { ...NOTHING, id, name, stored: true, settings, insights };
      onSoFar?.({ ...found, isSoFar: true });
    };
    await Promise.race([this.#gate, aborted]);
    const insights: Insight[] = [...(this.stored.get(addTo ?? '')?.insights ?? [])];
    for await (const { path, open } of files) {
      await open();
      this.paths.push(path);
      insights.push(insight({ sharedEventID: `insight of ${path}` }));
    }
    onProgress({
      phase: 'detecting',
      filesFound: insights.length,
      listed: true,
      filesRead: insights.length,
      bytesRead: 0,
      events: 0,
      eventsPerSecond: 0,
      secondsLeft: null,
      fraction: 1,
    });
    return this.#keep({ ...NOTHING, id, name, stored: true, settings, insights });
  }

  #listed = () => [...this.stored.values()].filter(({ id }) => !this.#removed.has(id));

  #keep(analysis: OpenAnalysis): OpenAnalysis {
    this.stored.set(analysis.id, analysis);
    return analysis;
  }

  list: Client['list'] = () =>
    Promise.resolve(
      this.#listed().map(({ id, name, insights }) => ({
        id,
        name,
        createdAt: 0,
        events: 0,
        insights: insights.length,
        start: null,
        end: null,
      })),
    );

  open = async (id: string): Promise<OpenAnalysis> => {
    const analysis = this.stored.get(id);
    if (!analysis) throw new Error('no such analysis');
    return analysis;
  };

  rename = async (id: string, name: string): Promise<void> => {
    this.#keep({ ...(await this.open(id)), name });
  };

  remove = async (id: string): Promise<void> => {
    this.#removed.add(id);
  };

  restore = async (id: string): Promise<void> => {
    this.#removed.delete(id);
  };

  forgetRemoved = async (): Promise<void> => {
    for (const id of this.#removed) this.stored.delete(id);
  };

  async detect(id: string, settings: DetectionSettings): Promise<OpenAnalysis> {
    this.detectedWith.push(settings.severity);
    await this.#gate;
    return this.#keep({ ...(await this.open(id)), settings });
  }

  expectedRange: Client['expectedRange'] = (_id, _key, from, to) =>
    Promise.resolve({ level: new Float64Array(to - from), upper: new Float64Array(to - from) });
  explainMinute: Client['explainMinute'] = (_id, _key, minute) =>
    Promise.resolve({
      minute,
      covered: false,
      history: 'usual',
      calls: 0,
      expected: 0,
      unusualFrom: Infinity,
      windows: [],
      pause: null,
      insight: null,
    });
  rawEvents: Client['rawEvents'] = () => Promise.resolve({ state: 'not kept', reason: null });
  onRawEvents: Client['onRawEvents'] = () => () => {};
  insightsJson: Client['insightsJson'] = () => Promise.resolve(new Blob());
  minuteCountsCsv: Client['minuteCountsCsv'] = () => Promise.resolve(new Blob());
  ledgerJson: Client['ledgerJson'] = () => Promise.resolve(new Blob());
  previewExport: Client['previewExport'] = () =>
    Promise.resolve({ values: [], insightsWithEvents: 0 });
  exportAs: Client['exportAs'] = () => Promise.resolve(new Blob());
  keyMap: Client['keyMap'] = () => Promise.resolve(new Blob());
}
