import type { ActivityTable } from '../activity/activityTable';
import type { SeriesKey } from '../activity/callSeries';
import type { Coverage } from '../activity/coverage';
import type { Insight } from '../insights/insight';
import type { DetectionSettings } from '../insights/settings';
import { DetectionMemory } from './detectionMemory';
import { DetectionRound } from './detectionRound';
import { judgementOf } from './judgement';

/**
 * Judges the counted logs of one analysis, under one setting after the other. It keeps what it judged by the rows and the
 * settings that decide it, so that a change costs only the series that it touches, and the way back nothing. What comes
 * out is what `findInsights` gives, to the byte.
 */
export class Detection {
  readonly #memory: DetectionMemory;

  /** `mostKept`: candidates that are kept for settings that were left. */
  constructor(table: ActivityTable, coverage: readonly Coverage[], mostKept?: number) {
    this.#memory = new DetectionMemory(table, coverage, mostKept);
  }

  /** Begins to detect under these settings; the series of `first` are judged before all others. */
  under(settings: DetectionSettings, first: readonly SeriesKey[] = []): DetectionRound {
    return new DetectionRound(this.#memory, settings, first);
  }

  /** All of it at once. */
  detect(settings: DetectionSettings): Insight[] {
    const round = this.under(settings);
    while (round.waiting > 0) {
      const batch = round.take();
      round.put(
        batch,
        batch.series.map((each) => judgementOf(each, batch.settings)),
      );
    }
    round.tellAll();
    return round.insights();
  }
}
