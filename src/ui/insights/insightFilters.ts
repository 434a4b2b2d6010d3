import type { CallSeries, SeriesKey } from '../../core/activity/callSeries';
import type { Insight } from '../../core/insights/insight';
import type { ListedInsight } from '../../core/insights/listedInsights';
import { inSlices } from '../parts/turns';
import type { WholeMinutes } from '../timeline/span';
import { prepareFieldColumns } from './fieldColumns';
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
  readonly span: WholeMinutes | null;
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

/** Makes what the filters ask of insights and of series, over as many tasks as it takes. */
export async function prepareFilters(
  insights: readonly ListedInsight[],
  series: readonly CallSeries[],
): Promise<void> {
  await inSlices(insights, searchedText);
  await inSlices(series, ({ key }) => textOf(key));
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

/** Whether an insight touches the minutes, [from, to). */
const touches = ({ start, end }: Insight, { from, to }: WholeMinutes): boolean =>
  end > from && start < to;

/** The filters as one question to an insight; `except` leaves the conditions of one field out. */
export function passing(
  filters: InsightFilters,
  except?: Field,
): (insight: ListedInsight) => boolean {
  const { span } = filters;
  const words = wordsOf(filters.text);
  const asked = FIELDS.filter((field) => field !== except)
    .map((field) => ({ field, asks: filters.conditions.filter((each) => each.field === field) }))
    .filter(({ asks }) => asks.length > 0);
  return (insight) =>
    (span === null || touches(insight, span)) &&
    asked.every(({ field, asks }) => isAsked(valuesOf(insight, field), asks)) &&
    (words.length === 0 || holdsWords(searchedText(insight), words));
}

/** Insights that every filter lets through, in their order. */
export const filterInsights = (
  insights: readonly ListedInsight[],
  filters: InsightFilters,
): readonly ListedInsight[] => insights.filter(passing(filters));

/** Those that are among others, in the order they have; `others` are some of them. */
export function amongThese<T>(all: readonly T[], others: readonly T[]): readonly T[] {
  if (others.length === all.length) return all;
  const wanted = new Set(others);
  return all.filter((one) => wanted.has(one));
}

/** Those that touch the span; null: all. */
export const inSpan = (
  insights: readonly ListedInsight[],
  span: WholeMinutes | null,
): readonly ListedInsight[] =>
  span ? insights.filter((insight) => touches(insight, span)) : insights;

const KEY_FIELDS = {
  api: 'eventName',
  service: 'eventSource',
  region: 'awsRegion',
  account: 'recipientAccountId',
} as const satisfies Partial<Record<Field, keyof SeriesKey>>;

const isKeyField = (field: Field): field is keyof typeof KEY_FIELDS =>
  Object.hasOwn(KEY_FIELDS, field);

/**
 * Which series the overview shows though no insight of theirs passes: where nothing is asked but what a series itself is,
 * those that are so.
 */
export function shownAnyway({ text, conditions }: InsightFilters): (key: SeriesKey) => boolean {
  if (!conditions.every(({ field }) => isKeyField(field))) return () => false;
  const words = wordsOf(text);
  const asked = Object.entries(KEY_FIELDS)
    .map(([field, part]) => ({ part, asks: conditions.filter((each) => each.field === field) }))
    .filter(({ asks }) => asks.length > 0);
  return (key) =>
    asked.every(({ part, asks }) => isAsked([key[part]], asks)) && holdsWords(textOf(key), words);
}
