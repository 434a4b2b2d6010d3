import type { Insight } from '../../core/insights/insight';
import { RAREST_FIRST, sortInsights, type ColumnName, type Sorting } from './insightColumns';
import {
  FACETS,
  NO_FILTERS,
  facetValues,
  filterInsights,
  type Facet,
  type InsightFilters,
} from './insightFilters';

/** Which insights are listed, and in what order. */
export class InsightsView {
  readonly #all: () => readonly Insight[];
  filters = $state.raw<InsightFilters>(NO_FILTERS);
  sorting = $state.raw<Sorting>(RAREST_FIRST);

  readonly listed: readonly Insight[] = $derived.by(() =>
    sortInsights(filterInsights(this.#all(), this.filters), this.sorting),
  );
  readonly facets = $derived.by(() =>
    FACETS.map((facet) => ({ facet, values: facetValues(this.#all(), this.filters, facet) })),
  );
  readonly narrowed = $derived(this.filters !== NO_FILTERS);

  constructor(all: () => readonly Insight[]) {
    this.#all = all;
  }

  setText(text: string): void {
    this.#setFilters({ ...this.filters, text });
  }

  setFacet(facet: Facet, value: string | null): void {
    this.#setFilters({ ...this.filters, [facet]: value });
  }

  setSpan(span: InsightFilters['span']): void {
    this.#setFilters({ ...this.filters, span });
  }

  clear(): void {
    this.filters = NO_FILTERS;
  }

  /** Numbers start with the largest, words with the first; a second time turns the order round. */
  sortBy(column: ColumnName, numeric: boolean): void {
    const again = this.sorting.column === column;
    this.sorting = { column, descending: again ? !this.sorting.descending : numeric };
  }

  /** The insight `step` places further down the list; from none, the first or the last. */
  neighbour(selected: Insight | null, step: number): Insight | null {
    const at = selected ? this.listed.indexOf(selected) : -1;
    const next = at < 0 ? (step > 0 ? 0 : this.listed.length - 1) : at + step;
    return this.listed[Math.min(Math.max(next, 0), this.listed.length - 1)] ?? null;
  }

  #setFilters(filters: InsightFilters): void {
    const none =
      filters.text === '' &&
      filters.span === null &&
      FACETS.every((facet) => filters[facet] === null);
    this.filters = none ? NO_FILTERS : filters;
  }
}
