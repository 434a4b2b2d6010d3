import { filterRows } from '../activity/filterRows';
import type { Analysis } from '../analysis';
import { FORMS, type ExportForm, type Extent } from './exportForms';
import {
  byClass,
  redact,
  valuesByClass,
  type Pseudonym,
  type ValuesByClass,
} from './redact/redact';
import { VALUE_CLASSES, type ValueClass } from './redact/values';
import {
  toSharedAnalysis,
  type EventsOfInsight,
  type SharedAnalysis,
} from './shared/sharedAnalysis';
import { withoutUnused } from './shared/withoutUnused';

/** What a person chose to pass on. */
export interface ExportChoice {
  readonly form: ExportForm;
  /** Classes of values that pseudonyms stand for. */
  readonly hidden: readonly ValueClass[];
  /** `insightsJson` alone: with the CloudTrail records behind the insights. */
  readonly events: boolean;
  /** `graph` alone: the `sharedEventID` of its insight. */
  readonly insight: string | null;
}

/** An export as it would leave; nothing is written before `pieces` is asked. */
export interface PreparedExport {
  /** Media type. */
  readonly type: string;
  /** Every value of each class that this form holds, as it is before redaction. */
  readonly values: ValuesByClass;
  /** Classes whose values came as pseudonyms and stay so. */
  readonly alreadyRedacted: readonly ValueClass[];
  /** Those of `values` that pseudonyms stand for. */
  readonly pseudonyms: readonly Pseudonym[];
  /** What becomes of any text, such as a value that is not hidden but holds one that is. */
  readonly text: (text: string) => string;
  readonly pieces: () => Iterable<string | Uint8Array>;
}

/**
 * An analysis in one of the forms in which it is passed on, with pseudonyms for what is hidden. `events`: the records behind
 * its insights; `title`: of the report.
 */
export function prepareExport(
  analysis: Analysis,
  { form, hidden, insight }: ExportChoice,
  events: readonly EventsOfInsight[],
  title: string,
): PreparedExport {
  const { extent, type, pieces } = FORMS[form];
  const shared = partOf(analysis, extent, events);
  const already = shared.shared.redacted;
  const chosen = new Set(hidden.filter((name) => !already.includes(name)));
  const isUnchanged = chosen.size === 0 || extent === 'nothing that names';
  const outgoing = isUnchanged ? unchanged(shared) : redact(shared, chosen);
  const values = valuesIn(shared, extent);
  const leaving = new Set(VALUE_CLASSES.flatMap((name) => values[name]));
  return {
    type,
    values,
    alreadyRedacted: already,
    pseudonyms: outgoing.pseudonyms.filter(({ value }) => leaving.has(value)),
    text: outgoing.text,
    pieces: () => pieces(withRedacted(outgoing.analysis, chosen), outgoing.text(title), insight),
  };
}

const unchanged = (analysis: SharedAnalysis) => ({
  analysis,
  pseudonyms: [],
  text: (text: string) => text,
});

/** Counts are exported whole; everything else of what surrounds the insights. */
const partOf = (
  analysis: Analysis,
  extent: Extent,
  events: readonly EventsOfInsight[],
): SharedAnalysis =>
  extent === 'counts'
    ? toSharedAnalysis(
        { ...analysis, insights: [] },
        { scope: 'everything', events: [], recorded: [] },
      )
    : toSharedAnalysis(analysis, extent === 'all' ? { events } : { events: [], recorded: [] });

/** The receiver's page keeps pseudonyms as they are. */
function withRedacted(analysis: SharedAnalysis, chosen: ReadonlySet<ValueClass>): SharedAnalysis {
  const { shared } = analysis;
  const redacted = VALUE_CLASSES.filter(
    (name) => chosen.has(name) || shared.redacted.includes(name),
  );
  return { ...analysis, shared: { ...shared, redacted } };
}

/** Counts hold nothing but accounts, graphs neither. */
const CLASSES_IN: Readonly<Record<Extent, readonly ValueClass[]>> = {
  all: VALUE_CLASSES,
  insights: VALUE_CLASSES,
  counts: ['accountIds'],
  'nothing that names': [],
};

function valuesIn(shared: SharedAnalysis, extent: Extent): ValuesByClass {
  const held = valuesByClass(extent === 'insights' ? insightsOf(shared) : shared);
  return byClass((name) => (CLASSES_IN[extent].includes(name) ? held[name] : []));
}

/** The insights without the calls and settings around them. */
const insightsOf = (shared: SharedAnalysis): SharedAnalysis => ({
  ...shared,
  table: withoutUnused(filterRows(shared.table, () => false)),
  coverage: [],
  settings: { ...shared.settings, mutes: [], excludedSpans: [] },
});
