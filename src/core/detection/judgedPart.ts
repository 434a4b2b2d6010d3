import type { ActivityTable } from '../activity/activityTable';
import type { SeriesKey } from '../activity/callSeries';
import { coverageByScope, type Coverage } from '../activity/coverage';
import { withoutSpans } from '../insights/excludedSpans';
import { JudgedRows } from '../insights/judgedRows';
import { floorOf } from '../insights/judgeSeries';
import type { DetectionSettings } from '../insights/settings';
import type { DetectionMemory } from './detectionMemory';
import { apisOfUnits, type Unit } from './unit';

/** What some settings leave of an analysis to judge. */
export class JudgedPart {
  readonly coverageOf: (key: SeriesKey) => Coverage;
  readonly #rows: JudgedRows;
  readonly #common: string;

  constructor(
    private readonly memory: DetectionMemory,
    settings: DetectionSettings,
  ) {
    this.#rows = new JudgedRows(memory.table, settings);
    this.coverageOf = coverageByScope(
      memory.coverage.map((each) => withoutSpans(each, settings.excludedSpans)),
    );
    this.#common = `${floorOf(settings)} ${this.#rows.edges.join()}`;
  }

  /** With the same key a unit is judged the same: its rows, their coverage and what decides about them. */
  keyOf(unit: number): string {
    return `${unit} ${this.#leftOutOf(this.memory.units[unit])} ${this.#common}`;
  }

  /** Holds at least the judged rows of these units. */
  tableOf(units: readonly number[]): ActivityTable {
    const { table, units: all } = this.memory;
    return this.#rows.areAll ? table : this.#rows.of(apisOfUnits(units.map((unit) => all[unit])));
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
