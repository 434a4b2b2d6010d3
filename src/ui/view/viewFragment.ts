import { COLUMN_NAMES, type Sorting } from '../insights/insightColumns';
import { FIELDS, type Field } from '../insights/insightValues';
import type { TimeZone } from '../format';
import { GROUPINGS, ROW_ORDERS, type Grouping, type RowOrder } from '../overview/lines';

/** A value of the logs by its place in the analysis: see `LogRefs`. */
export type LogRef = number;

/** A condition of the list's filters without its value. */
export interface FilterRef {
  readonly field: Field;
  readonly value: LogRef;
  readonly without: boolean;
}

/** An API that is chosen though nothing was found in it. */
export interface SeriesRef {
  readonly api: LogRef;
  readonly errorCode: LogRef | null;
}

export const TABS = ['attributions', 'events', 'why', 'record'] as const;
export type Tab = (typeof TABS)[number];

/**
 * What the page shows, as ids, places and minutes counted from the first of the logs. All of it but `text` stands in the
 * URL fragment, and nothing in there is out of the logs.
 */
export interface View {
  readonly analysis: string | null;
  /** `opaqueId` of the chosen insight. */
  readonly insight: string | null;
  readonly series: SeriesRef | null;
  readonly zone: TimeZone | null;
  /** Minutes after the first of the logs, half-open. */
  readonly span: { readonly from: number; readonly to: number } | null;
  /** The graph of what is chosen shows that span, too. */
  readonly graphFollows: boolean;
  readonly filters: readonly FilterRef[];
  readonly sorting: Sorting | null;
  readonly order: RowOrder;
  readonly grouping: Grouping;
  readonly tab: Tab;
  /** What was typed to filter by may be a name out of the logs: the browser's history keeps it, the address does not. */
  readonly text: string;
}

/** What belongs to one analysis, as it is when the analysis is opened. */
export const FRESH_VIEW = {
  insight: null,
  series: null,
  span: null,
  graphFollows: false,
  filters: [],
  sorting: null,
  order: 'severity',
  grouping: 'none',
  tab: 'attributions',
  text: '',
} as const satisfies Partial<View>;

/** More than anybody chooses; an address typed by hand may hold any number. */
const MOST_FILTERS = 64;

const oneOf = <T extends string>(all: readonly T[], text: string | null): T | null =>
  all.find((each) => each === text) ?? null;

/** A number of at most nine digits, the minus sign where minutes lie before the first. */
const wholeOf = (text: string): number | null =>
  /^-?\d{1,9}$/.test(text) ? Number(text) || 0 : null;

const refOf = (text: string): LogRef | null => (text.startsWith('-') ? null : wholeOf(text));

function spanOf(text: string | null): View['span'] {
  const [from, to, ...rest] = (text ?? '').split('_').map(wholeOf);
  return from != null && to != null && rest.length === 0 && from < to ? { from, to } : null;
}

function seriesOf(text: string | null): SeriesRef | null {
  if (text === null) return null;
  const [api, errorCode, ...rest] = text.split('.').map(refOf);
  if (api == null || errorCode === null || rest.length > 0) return null;
  return { api, errorCode: errorCode ?? null };
}

function filterOf(text: string, without: boolean): FilterRef[] {
  const [name, place, ...rest] = text.split('.');
  const field = oneOf(FIELDS, name);
  const value = place === undefined ? null : refOf(place);
  return field === null || value === null || rest.length > 0 ? [] : [{ field, value, without }];
}

function sortingOf(text: string | null): Sorting | null {
  const descending = text?.endsWith('-') ?? false;
  const column = oneOf(COLUMN_NAMES, descending ? text!.slice(0, -1) : text);
  return column && { column, descending };
}

/** What is missing, unknown or nonsense is as in a fresh view. */
export function parseFragment(fragment: string, text = ''): View {
  const fields = new URLSearchParams(fragment);
  return {
    analysis: fields.get('analysis') || null,
    insight: fields.get('insight') || null,
    series: seriesOf(fields.get('series')),
    zone: oneOf(['UTC', 'local'], fields.get('zone')),
    span: spanOf(fields.get('span')),
    graphFollows: fields.get('graph') === 'follows',
    filters: [
      ...fields.getAll('only').flatMap((each) => filterOf(each, false)),
      ...fields.getAll('without').flatMap((each) => filterOf(each, true)),
    ].slice(0, MOST_FILTERS),
    sorting: sortingOf(fields.get('sort')),
    order: oneOf(ROW_ORDERS, fields.get('order')) ?? FRESH_VIEW.order,
    grouping: oneOf(GROUPINGS, fields.get('group')) ?? FRESH_VIEW.grouping,
    tab: oneOf(TABS, fields.get('tab')) ?? FRESH_VIEW.tab,
    text,
  };
}

/** The fragment without its `#`; empty for the start screen. */
export function formatFragment(view: View): string {
  const fields = new URLSearchParams();
  const set = (name: string, text: string | null) => text && fields.set(name, text);
  const { series, span, sorting } = view;
  set('analysis', view.analysis);
  set('insight', view.insight);
  set(
    'series',
    series && `${series.api}${series.errorCode === null ? '' : `.${series.errorCode}`}`,
  );
  set('span', span && `${span.from}_${span.to}`);
  if (view.graphFollows) set('graph', 'follows');
  for (const { field, value, without } of view.filters)
    fields.append(without ? 'without' : 'only', `${field}.${value}`);
  set('sort', sorting && `${sorting.column}${sorting.descending ? '-' : ''}`);
  if (view.order !== FRESH_VIEW.order) set('order', view.order);
  if (view.grouping !== FRESH_VIEW.grouping) set('group', view.grouping);
  if (view.tab !== FRESH_VIEW.tab) set('tab', view.tab);
  if (view.zone === 'local') set('zone', view.zone);
  return fields.toString();
}
