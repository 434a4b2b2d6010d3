import type { SeriesKey } from '../../core/activity/callSeries';
import type { Minute } from '../../core/activity/minute';
import type { Insight } from '../../core/insights/insight';
import type { ListedInsight } from '../../core/insights/listedInsights';
import { inSlices } from '../parts/turns';
import { fieldColumnsOf, prepareFieldColumns, type FieldColumn } from './fieldColumns';
import { FIELDS, topIdentity, valuesOf, type Field } from './insightValues';

/** A value that insights must have, or must not. */
export interface Condition {
  readonly field: Field;
  readonly value: string;
  readonly without: boolean;
}

/** What the list can be narrowed by. Values of one field are alternatives; everything else holds together. */
export interface InsightFilters {
  readonly text: string;
  /** Only insights that touch these minutes, [from, to). */
  readonly span: { readonly from: Minute; readonly to: Minute } | null;
  readonly conditions: readonly Condition[];
}

export const NO_FILTERS: InsightFilters = { text: '', span: null, conditions: [] };

export const isSame = (a: Condition, b: Condition): boolean =>
  a.field === b.field && a.value === b.value;

const keyTexts = new WeakMap<SeriesKey, string>();

/** What of a series is searched, in lower case; made once, for every letter typed asks for all of them. */
function textOf(key: SeriesKey): string {
  const known = keyTexts.get(key);
  if (known !== undefined) return known;
  const { eventName, eventSource, awsRegion, recipientAccountId, errorCode = '' } = key;
  const text =
    `${eventName} ${eventSource} ${awsRegion} ${recipientAccountId} ${errorCode}`.toLowerCase();
  keyTexts.set(key, text);
  return text;
}

const holdsWords = (lower: string, words: readonly string[]): boolean =>
  words.every((word) => lower.includes(word));

const texts = new WeakMap<ListedInsight, string>();

/** What of an insight is searched, in lower case. */
function searchedText(insight: ListedInsight): string {
  const known = texts.get(insight);
  if (known !== undefined) return known;
  const text = `${textOf(insight.key)} ${topIdentity(insight).toLowerCase()}`;
  texts.set(insight, text);
  return text;
}

/** Makes what the filters ask of insights, over as many tasks as it takes. */
export async function prepareFilters(insights: readonly ListedInsight[]): Promise<void> {
  await inSlices(insights, searchedText);
  await prepareFieldColumns(insights);
}

const wordsOf = (text: string): string[] => text.toLowerCase().split(/\s+/).filter(Boolean);

/** Whether values of one field are what its conditions ask for. */
function isAsked(values: readonly string[], conditions: readonly Condition[]): boolean {
  const has = ({ value }: Condition) => values.includes(value);
  const wanted = conditions.filter(({ without }) => !without);
  return (
    (wanted.length === 0 || wanted.some(has)) &&
    !conditions.some((each) => each.without && has(each))
  );
}

/** The filters as one question to an insight; `except` leaves the conditions of one field out. */
function passing(filters: InsightFilters, except?: Field): (insight: ListedInsight) => boolean {
  const { span } = filters;
  const words = wordsOf(filters.text);
  const asked = FIELDS.filter((field) => field !== except)
    .map((field) => ({ field, asks: filters.conditions.filter((each) => each.field === field) }))
    .filter(({ asks }) => asks.length > 0);
  return (insight) =>
    (span === null || (insight.end > span.from && insight.start < span.to)) &&
    asked.every(({ field, asks }) => isAsked(valuesOf(insight, field), asks)) &&
    (words.length === 0 || holdsWords(searchedText(insight), words));
}

/** Insights that every filter lets through, in their order. */
export const filterInsights = (
  insights: readonly ListedInsight[],
  filters: InsightFilters,
): readonly ListedInsight[] => insights.filter(passing(filters));

export interface FieldValue {
  readonly value: string;
  readonly count: number;
}

/** Values of each field with how many insights have each under the conditions on all the other fields, by name. */
export function allFieldValues(
  insights: readonly ListedInsight[],
  filters: InsightFilters,
): { readonly field: Field; readonly values: readonly FieldValue[] }[] {
  const passed = insights.map(passing(filters));
  return fieldColumnsOf(insights).map((column) => {
    const { field } = column;
    const hasOwn = filters.conditions.some((each) => each.field === field);
    const left = hasOwn ? insights.map(passing(filters, field)) : passed;
    return { field, values: valuesUnder(column, left) };
  });
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

const KEY_FIELDS = {
  api: 'eventName',
  service: 'eventSource',
  region: 'awsRegion',
  account: 'recipientAccountId',
} as const satisfies Partial<Record<Field, keyof SeriesKey>>;

const isKeyField = (field: Field): field is keyof typeof KEY_FIELDS =>
  Object.hasOwn(KEY_FIELDS, field);

/**
 * Which series the overview shows under the filters; null: all. A series with an insight that passes is shown, and where
 * nothing is asked but what a series itself is, every series that is so.
 */
export function shownSeries(
  { text, conditions }: InsightFilters,
  passed: readonly Insight[],
  idOf: (key: SeriesKey) => string,
): ((key: SeriesKey) => boolean) | null {
  const words = wordsOf(text);
  if (words.length === 0 && conditions.length === 0) return null;
  const found = new Set(passed.map(({ key }) => idOf(key)));
  const asksOnlyKeys = conditions.every(({ field }) => isKeyField(field));
  const asked = Object.entries(KEY_FIELDS).map(([field, part]) => ({
    part,
    asks: conditions.filter((each) => each.field === field),
  }));
  const fits = (key: SeriesKey) =>
    asked.every(({ part, asks }) => isAsked([key[part]], asks)) && holdsWords(textOf(key), words);
  return (key) => (asksOnlyKeys && fits(key)) || found.has(idOf(key));
}
