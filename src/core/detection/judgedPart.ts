import type { ActivityTable } from '../activity/activityTable';
import type { CallSeries, SeriesKey } from '../activity/callSeries';
import { coverageByScope, type Coverage } from '../activity/coverage';
import { allMinutes } from '../insights/excludedSpans';
import { JudgedRows } from '../insights/judgedRows';
import { floorOf } from '../insights/judgeSeries';
import { LeftOutTime } from '../insights/leftOutTime';
import type { DetectionSettings } from '../insights/settings';
import type { MinuteSpan } from '../insights/statistics';
import type { DetectionMemory } from './detectionMemory';
import { withoutTime, type JudgedSeries, type WholeSeries } from './judgement';
import { apisOfUnits, type Unit } from './unit';

/** What some settings leave of an analysis to judge. */
export class JudgedPart {
  readonly time: LeftOutTime;
  /** Where the logs of a series reach, whatever time is left out. */
  readonly coverageOf: (key: SeriesKey) => Coverage;
  /** The judged rows of all minutes, and of those that are left. */
  readonly #rows: JudgedRows;
  readonly #rest: JudgedRows;
  readonly #floor: number;

  constructor(
    private readonly memory: DetectionMemory,
    settings: DetectionSettings,
  ) {
    this.time = new LeftOutTime(settings.excludedSpans);
    this.coverageOf = coverageByScope(memory.coverage);
    this.#rows = new JudgedRows(memory.table, allMinutes(settings));
    this.#rest = new JudgedRows(memory.table, settings);
    this.#floor = floorOf(settings);
  }

  /** With the same key all minutes of a unit are judged the same: its rows and what decides about them. */
  keyOf(unit: number): string {
    return `${unit} ${this.#leftOutOf(this.memory.units[unit])} ${this.#floor}`;
  }

  /** A judged series without the time that is left out. */
  withoutTime(whole: WholeSeries, seriesOf: () => CallSeries): JudgedSeries {
    return withoutTime(whole, this.time, this.coverageOf(whole.key), this.#floor, seriesOf);
  }

  /** Where the logs of a series reach without the time that is left out. */
  restOf(key: SeriesKey): Coverage {
    return this.time.restOf(this.coverageOf(key));
  }

  /** Holds at least the judged rows of these units, of all minutes. */
  tableOf(units: readonly number[]): ActivityTable {
    const { table, units: all } = this.memory;
    return this.#rows.areAll ? table : this.#rows.of(apisOfUnits(units.map((unit) => all[unit])));
  }

  /** The judged rows of a unit `within` some minutes, of those that are left. */
  restTableOf(unit: number, within: MinuteSpan): ActivityTable {
    return this.#rest.of(this.memory.units[unit].apis, within);
  }

  /** What mutes and sorts of event leave out of a unit: the same text, the same rows. */
  #leftOutOf({ apis }: Unit): string {
    return apis
      .map((api) => {
        const left = this.#rows.leftOf(api);
        if (left === 'all') return '';
        if (left === 'none') return '-';
        return this.memory
          .callersOf(api)
          .filter((caller) => left.muted[caller] === 1)
          .join();
      })
      .join(';');
  }
}
