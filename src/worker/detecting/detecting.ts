import { transfer, wrap, type Remote } from 'comlink';
import type { SeriesKey } from '../../core/activity/callSeries';
import type { Analysis } from '../../core/analysis';
import { Detection } from '../../core/detection/detection';
import type { DetectionRound } from '../../core/detection/detectionRound';
import { judgementOf, type Judgement } from '../../core/detection/judgement';
import type { Insight } from '../../core/insights/insight';
import type { DetectionSettings } from '../../core/insights/settings';
import type { Detector } from './detector';
import { practise } from './practice';
import { inTurns, Turn } from './turn';

type Logs = Pick<Analysis, 'table' | 'coverage'>;

export interface DetectOptions {
  /** Series that are judged before all others: those in sight. */
  readonly first?: readonly SeriesKey[];
  /** Learns of all insights while some are still those of the settings before, and what share of the work is done. */
  readonly onSoFar?: (insights: Insight[], share: number) => void;
}

/** Less is judged at once, here: sooner than detectors would have begun. */
const UNITS_WORTH_SHARING = 200;
const ROWS_WORTH_SHARING = 50_000;
/** What is found so far is told this soon, and then every so often, in milliseconds. */
const FIRST_LOOK_MS = 100;
const NEXT_LOOK_MS = 600;

/** Detects in the logs that are open, under one setting after the other; the newest wish ends the one before. */
export class Detecting {
  #detectors: Remote<Detector>[] = [];
  #logs: Logs | undefined;
  #detection: Detection | undefined;
  #newest = 0;

  /** Takes on detectors, which work for nobody else. */
  employ(ports: readonly MessagePort[]): void {
    this.#detectors = ports.map((port) => wrap<Detector>(port));
  }

  /** Detects in logs that were just read; no wish ends it. */
  async whole(logs: Logs, settings: DetectionSettings): Promise<Insight[]> {
    const round = this.#detectionIn(logs).under(settings);
    await this.#run(round, { isOver: () => false, onJudged: () => {} });
    return round.insights();
  }

  /** Judges logs of which nothing is known yet while nobody wishes for anything, so that the first wish is soon fulfilled. */
  async learn(logs: Logs, settings: DetectionSettings): Promise<void> {
    const wish = this.#newest;
    const detection = this.#detectionIn(logs);
    const isOver = () => wish !== this.#newest || detection !== this.#detection;
    await judge(this.#detectors, detection.under(settings), { isOver, onJudged: () => {} });
    await practise(detection, { coverage: logs.coverage, settings }, isOver);
  }

  /** The insights under other settings; null when a newer wish came. */
  async again(
    logs: Logs,
    settings: DetectionSettings,
    { first, onSoFar }: DetectOptions,
  ): Promise<Insight[] | null> {
    const wish = ++this.#newest;
    const isOver = () => wish !== this.#newest;
    const round = this.#detectionIn(logs).under(settings, first);
    const units = round.waiting;
    let nextLook = performance.now() + FIRST_LOOK_MS;
    const onJudged = () => {
      if (onSoFar === undefined || isOver() || performance.now() < nextLook) return;
      round.tellAll();
      onSoFar(round.insights(), 1 - round.waiting / units);
      nextLook = performance.now() + NEXT_LOOK_MS;
    };
    await this.#run(round, { isOver, onJudged });
    return isOver() ? null : round.insights();
  }

  /** Ends the detection that is under way. */
  stop(): void {
    this.#newest++;
  }

  async #run(round: DetectionRound, watch: Watch): Promise<void> {
    await judge(this.#detectors, round, watch);
    await inTurns(round.tell(), watch.isOver);
  }

  #detectionIn(logs: Logs): Detection {
    if (
      this.#detection &&
      this.#logs?.table === logs.table &&
      this.#logs.coverage === logs.coverage
    )
      return this.#detection;
    this.#logs = logs;
    return (this.#detection = new Detection(logs.table, logs.coverage));
  }
}

interface Watch {
  readonly isOver: () => boolean;
  /** Some more series are judged. */
  readonly onJudged: () => void;
}

async function judge(
  detectors: readonly Remote<Detector>[],
  round: DetectionRound,
  watch: Watch,
): Promise<void> {
  const isMuch = round.waiting > UNITS_WORTH_SHARING || round.rowsWaiting > ROWS_WORTH_SHARING;
  if (isMuch && detectors.length > 1)
    await Promise.all(detectors.map((detector) => judgeBy(detector, round, watch)));
  else await judgeHere(round, watch);
}

async function judgeBy(
  detector: Remote<Detector>,
  round: DetectionRound,
  { isOver, onJudged }: Watch,
): Promise<void> {
  while (round.waiting > 0 && !isOver()) {
    const batch = round.take();
    const buffers = batch.series.flatMap(({ series: { minute, calls } }) => [
      minute.buffer as ArrayBuffer,
      calls.buffer as ArrayBuffer,
    ]);
    round.put(batch, await detector.judge(transfer([...batch.series], buffers), batch.settings));
    onJudged();
  }
}

async function judgeHere(round: DetectionRound, { isOver, onJudged }: Watch): Promise<void> {
  const turn = new Turn();
  while (round.waiting > 0) {
    const batch = round.take();
    const judgements: Judgement[] = [];
    for (const each of batch.series) {
      judgements.push(judgementOf(each, batch.settings));
      await turn.pause();
      if (isOver()) return;
    }
    round.put(batch, judgements);
    onJudged();
  }
}
