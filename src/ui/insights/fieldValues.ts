import type { ListedInsight } from '../../core/insights/listedInsights';
import { fieldColumnsOf, type FieldColumn } from './fieldColumns';
import { passing, type InsightFilters } from './insightFilters';
import type { Field } from './insightValues';

/** A value and how many insights have it. */
export interface FieldValue {
  readonly value: string;
  readonly count: number;
}

/** Values of a field with how many insights have each under the conditions on all the other fields, by name. */
export function fieldValues(
  insights: readonly ListedInsight[],
  filters: InsightFilters,
  field: Field,
): FieldValue[] {
  const column = fieldColumnsOf(insights).find((each) => each.field === field)!;
  const hasOwn = filters.conditions.some((each) => each.field === field);
  const passed = hasOwn ? insights.map(passing(filters, field)) : allPassed(insights, filters);
  return valuesUnder(column, passed);
}

/** Which of some insights passed last: most fields are counted among the same. */
const passedLast = new WeakMap<
  readonly ListedInsight[],
  { readonly filters: InsightFilters; readonly passed: readonly boolean[] }
>();

function allPassed(
  insights: readonly ListedInsight[],
  filters: InsightFilters,
): readonly boolean[] {
  const last = passedLast.get(insights);
  if (last?.filters === filters) return last.passed;
  const passed = insights.map(passing(filters));
  passedLast.set(insights, { filters, passed });
  return passed;
}

function valuesUnder(
  { values, first, code }: FieldColumn,
  passed: readonly boolean[],
): FieldValue[] {
  const counts = new Uint32Array(values.length);
  for (let i = 0; i < passed.length; i++) {
    if (passed[i]) for (let at = first[i]; at < first[i + 1]; at++) counts[code[at]]++;
  }
  return values.map((value, place) => ({ value, count: counts[place] }));
}
