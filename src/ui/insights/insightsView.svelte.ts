import type { SeriesKey } from '../../core/activity/callSeries';
import type { Insight } from '../../core/insights/insight';
import type { ListedInsight } from '../../core/insights/listedInsights';
import type { OpenAnalysis } from '../../worker/client';
import type { Narrowing } from '../overview/rows';
import type { Session } from '../session.svelte';
import { LogRefs } from '../view/logRefs';
import type { OverviewSpan, WholeMinutes } from '../timeline/span';
import type { View } from '../view/viewFragment';
import { RAREST_FIRST, sortInsights, type ColumnName, type Sorting } from './insightColumns';
import {
  NO_FILTERS,
  filterInsights,
  isSame,
  inSpan,
  amongThese,
  shownAnyway,
  type Condition,
  type InsightFilters,
} from './insightFilters';

/** Changes of one gesture follow each other within so much; together they are one step to go back to. */
const ONE_GESTURE_MS = 1000;

/** Which insights are listed, in what order, and what is shown beside them: all of it stands in the address. */
export class InsightsView {
  readonly #session: Session;
  readonly #analysis: () => OpenAnalysis;
  #spanChanged = 0;

  readonly #view: View = $derived.by(() => this.#session.view);
  readonly #refs = $derived.by(() => new LogRefs(this.#analysis()));
  readonly #text = $derived(this.#view.text);
  readonly #relativeSpan = $derived(this.#view.span);
  readonly #span = $derived.by(() => this.#refs.toSpan(this.#relativeSpan));
  readonly #graphFollows = $derived(this.#view.graphFollows);
  readonly #filterRefs = $derived(this.#view.filters);
  readonly #seriesRef = $derived(this.#view.series);
  readonly #wantedSorting = $derived(this.#view.sorting);

  readonly conditions: readonly Condition[] = $derived(
    this.#filterRefs.flatMap((ref) => this.#refs.toCondition(ref) ?? []),
  );
  readonly #atAnyTime: InsightFilters = $derived(
    this.#text === '' && this.conditions.length === 0
      ? NO_FILTERS
      : { text: this.#text, span: null, conditions: this.conditions },
  );
  readonly filters: InsightFilters = $derived(
    this.#span ? { ...this.#atAnyTime, span: this.#span } : this.#atAnyTime,
  );
  readonly narrowed = $derived(this.filters !== NO_FILTERS);
  /** Null: all time. */
  readonly overviewSpan: OverviewSpan | null = $derived(
    this.#span && {
      span: this.#span,
      isShown: this.#graphFollows,
      show: (graphFollows) => this.#session.show({ graphFollows }, 'replace'),
    },
  );
  readonly sorting: Sorting = $derived(this.#wantedSorting ?? RAREST_FIRST);
  /** An API chosen though it has no insight. */
  readonly series: SeriesKey | null = $derived(
    this.#seriesRef && this.#refs.toSeriesKey(this.#seriesRef),
  );

  readonly all: readonly ListedInsight[] = $derived.by(() => this.#analysis().insights);
  /** The overview shows every time. */
  readonly narrowing: Narrowing | null = $derived(
    this.#atAnyTime === NO_FILTERS
      ? null
      : {
          insights: filterInsights(this.all, this.#atAnyTime),
          shownAnyway: shownAnyway(this.#atAnyTime),
        },
  );
  readonly #sorted = $derived(sortInsights(this.all, this.sorting));
  readonly listed: readonly ListedInsight[] = $derived(
    inSpan(amongThese(this.#sorted, this.narrowing?.insights ?? this.all), this.#span),
  );

  constructor(session: Session, analysis: () => OpenAnalysis) {
    this.#session = session;
    this.#analysis = analysis;
  }

  setText(text: string): void {
    this.#session.show({ text }, 'replace');
  }

  /** A condition takes the place of an earlier one about the same value. */
  ask(condition: Condition): void {
    this.#setConditions([...this.#without(condition), condition]);
  }

  drop(condition: Condition): void {
    this.#setConditions(this.#without(condition));
  }

  /** Only what was left out, or the other way round. */
  invert(condition: Condition): void {
    this.#setConditions(
      this.conditions.map((each) =>
        isSame(each, condition) ? { ...each, without: !each.without } : each,
      ),
    );
  }

  /** A graph follows to where somebody has drawn, and as long as there is a span to follow. */
  setSpan(span: WholeMinutes | null, isDrawn = false): void {
    const now = performance.now();
    const isOneGesture = now - this.#spanChanged < ONE_GESTURE_MS;
    this.#spanChanged = now;
    const graphFollows = span !== null && (isDrawn || this.#graphFollows);
    const change = { span: this.#refs.toRelative(span), graphFollows };
    this.#session.show(change, isOneGesture ? 'replace' : 'push');
  }

  clear(): void {
    this.#session.show({ text: '', span: null, graphFollows: false, filters: [] }, 'push');
  }

  selectSeries(key: SeriesKey): void {
    const series = this.#refs.toSeriesRef(key);
    if (series) this.#session.show({ series, insight: null, graphFollows: false }, 'push');
  }

  sort(sorting: Sorting): void {
    this.#session.show({ sorting }, 'replace');
  }

  /** Numbers start with the largest, words with the first; a second time turns the order round. */
  sortBy(column: ColumnName, numeric: boolean): void {
    const again = this.sorting.column === column;
    this.sort({ column, descending: again ? !this.sorting.descending : numeric });
  }

  /** The insight `step` places further down the list; from none, the first or the last. */
  neighbour(selected: Insight | null, step: number): Insight | null {
    const at = selected ? this.listed.indexOf(selected) : -1;
    const next = at < 0 ? (step > 0 ? 0 : this.listed.length - 1) : at + step;
    return this.listed[Math.min(Math.max(next, 0), this.listed.length - 1)] ?? null;
  }

  #without(condition: Condition): readonly Condition[] {
    return this.conditions.filter((each) => !isSame(each, condition));
  }

  #setConditions(conditions: readonly Condition[]): void {
    const filters = conditions.flatMap((each) => this.#refs.toFilterRef(each) ?? []);
    this.#session.show({ filters }, 'push');
  }
}
