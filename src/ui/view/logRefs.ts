import { toMinute, type Minute } from '../../core/activity/minute';
import type { SeriesKey } from '../../core/activity/callSeries';
import type { OpenAnalysis } from '../../worker/client';
import { spanOf } from '../header/factsOf';
import type { Condition, InsightFilters } from '../insights/insightFilters';
import { FIELDS, OWN_WORDS, valuesOf } from '../insights/insightValues';
import type { FilterRef, LogRef, SeriesRef, View } from './viewFragment';

type Logs = Pick<OpenAnalysis, 'table' | 'coverage' | 'insights'>;

/**
 * What stands in the logs by its place in the analysis, so that an address tells nothing of them: values by their place in
 * the sorted strings, APIs by theirs in the table, minutes counted from the first. The same logs give the same places,
 * whatever the settings.
 */
export class LogRefs {
  readonly #logs: Logs;
  /** Minute that spans are counted from. */
  readonly #first: number;
  #beyond: readonly string[] | null = null;

  constructor(logs: Logs) {
    this.#logs = logs;
    this.#first = spanOf(logs)?.start ?? 0;
  }

  /** Values of insights that AWS alone recorded need not stand in the table; in code-unit order, behind the table's. */
  get #others(): readonly string[] {
    if (this.#beyond) return this.#beyond;
    const known = new Set(this.#logs.table.strings);
    const recorded = this.#logs.insights.filter(({ found }) => found?.by === 'AWS');
    const values = recorded.flatMap((each) => FIELDS.flatMap((field) => valuesOf(each, field)));
    return (this.#beyond = [...new Set(values)].filter((value) => !known.has(value)).sort());
  }

  #refOf(value: string): LogRef | null {
    const { strings } = this.#logs.table;
    const at = strings.indexOf(value);
    if (at >= 0) return at;
    const beyond = this.#others.indexOf(value);
    return beyond < 0 ? null : strings.length + beyond;
  }

  #valueOf(ref: LogRef): string | null {
    const { strings } = this.#logs.table;
    return strings[ref] ?? this.#others[ref - strings.length] ?? null;
  }

  toFilterRef({ field, value, without }: Condition): FilterRef | null {
    const at = OWN_WORDS[field]?.indexOf(value) ?? this.#refOf(value);
    return at === null || at < 0 ? null : { field, value: at, without };
  }

  toCondition({ field, value: at, without }: FilterRef): Condition | null {
    const value = OWN_WORDS[field] ? (OWN_WORDS[field][at] ?? null) : this.#valueOf(at);
    return value === null ? null : { field, value, without };
  }

  toSeriesRef(key: SeriesKey): SeriesRef | null {
    const { strings, apis } = this.#logs.table;
    const api = apis.eventName.findIndex(
      (name, at) =>
        strings[name] === key.eventName &&
        strings[apis.eventSource[at]] === key.eventSource &&
        strings[apis.awsRegion[at]] === key.awsRegion &&
        strings[apis.recipientAccountId[at]] === key.recipientAccountId,
    );
    const errorCode = key.errorCode === undefined ? null : strings.indexOf(key.errorCode);
    return api < 0 || (errorCode !== null && errorCode < 0) ? null : { api, errorCode };
  }

  toSeriesKey({ api, errorCode }: SeriesRef): SeriesKey | null {
    const { strings, apis } = this.#logs.table;
    if (api >= apis.eventName.length) return null;
    const key = {
      recipientAccountId: strings[apis.recipientAccountId[api]],
      awsRegion: strings[apis.awsRegion[api]],
      eventSource: strings[apis.eventSource[api]],
      eventName: strings[apis.eventName[api]],
    };
    if (errorCode === null) return key;
    return errorCode > 0 && errorCode < strings.length
      ? { ...key, errorCode: strings[errorCode] }
      : null;
  }

  toRelative(span: InsightFilters['span']): View['span'] {
    return span && { from: span.from - this.#first, to: span.to - this.#first };
  }

  /** Nothing where it lies before the epoch: an address typed by hand. */
  toSpan(span: View['span']): InsightFilters['span'] {
    if (span === null || span.from + this.#first < 0) return null;
    const minuteOf = (relative: number): Minute => toMinute(relative + this.#first);
    return { from: minuteOf(span.from), to: minuteOf(span.to) };
  }
}

/** The same view of an analysis that other logs have joined. */
export function movedView(view: View, from: Logs, to: Logs): View {
  const before = new LogRefs(from);
  const after = new LogRefs(to);
  const series = view.series && before.toSeriesKey(view.series);
  return {
    ...view,
    span: after.toRelative(before.toSpan(view.span)),
    series: series && after.toSeriesRef(series),
    filters: view.filters.flatMap((ref) => {
      const condition = before.toCondition(ref);
      return (condition && after.toFilterRef(condition)) ?? [];
    }),
  };
}
