import type { Analysis } from '../../analysis';
import { decodingsOf } from './decodings';
import { KnownValues } from './knownValues';
import { mapAnalysis } from './mapAnalysis';
import { mapRecordText } from './mapRecord';
import { Pseudonyms } from './pseudonyms';
import { isPublic, VALUE_CLASSES, visitPatterns, type ValueClass, type ValueMap } from './values';

export type ValuesByClass = Readonly<Record<ValueClass, readonly string[]>>;

/** One replaced value. */
export interface Pseudonym {
  readonly valueClass: ValueClass;
  readonly value: string;
  readonly pseudonym: string;
}

export interface Redacted<A extends Analysis> {
  readonly analysis: A;
  /** Every value that was replaced, in the order in which it was met: the preview, and the key map. */
  readonly pseudonyms: readonly Pseudonym[];
  /** The same replacements for any other text, such as the name of a file to save. */
  readonly text: (text: string) => string;
}

/** Every value of each class that stands in an analysis: what would leave with an export. */
export function valuesByClass(analysis: Analysis): ValuesByClass {
  const { values } = collect(analysis);
  return byClass((name) => [...values[name]]);
}

/**
 * An analysis with pseudonyms in place of all values of the chosen classes: the same value the same pseudonym wherever it
 * stands, also inside of other text; a value keeps its shape. The same analysis gives the same pseudonyms.
 */
export function redact<A extends Analysis>(
  analysis: A,
  chosen: ReadonlySet<ValueClass>,
): Redacted<A> {
  const { values } = collect(analysis);
  const redactor = new Redactor(values, chosen);
  return {
    analysis: mapAnalysis(analysis, redactor),
    pseudonyms: redactor.pseudonyms,
    text: (text) => redactor.text(text),
  };
}

/** Something for each class of values. */
export const byClass = <T>(of: (name: ValueClass) => T): Record<ValueClass, T> =>
  Object.fromEntries(VALUE_CLASSES.map((name) => [name, of(name)])) as Record<ValueClass, T>;

function collect(analysis: Analysis): Collector {
  const collector = new Collector();
  mapAnalysis(analysis, collector);
  return collector;
}

/** Changes nothing and remembers what it was shown. */
class Collector implements ValueMap {
  readonly values = byClass(() => new Set<string>());

  value(valueClass: ValueClass, value: string): string {
    if (isPublic(value) || this.values[valueClass].has(value)) return value;
    this.values[valueClass].add(value);
    if (valueClass !== 'accountIds') this.text(value);
    return value;
  }

  text(text: string): string {
    for (const each of [text, ...decodingsOf(text)]) visitPatterns(each, this);
    return text;
  }

  record(json: string): string {
    return mapRecordText(json, this);
  }
}

class Redactor implements ValueMap {
  readonly pseudonyms: Pseudonym[] = [];
  private readonly given: Pseudonyms;
  private readonly known: KnownValues;
  private readonly done = new Set<string>();

  constructor(
    values: Readonly<Record<ValueClass, ReadonlySet<string>>>,
    private readonly chosen: ReadonlySet<ValueClass>,
  ) {
    this.given = new Pseudonyms(VALUE_CLASSES.flatMap((name) => [...values[name]]));
    this.known = new KnownValues(this.knownValues(values));
  }

  value(valueClass: ValueClass, value: string): string {
    if (isPublic(value)) return value;
    return this.chosen.has(valueClass) ? this.pseudonym(valueClass, value) : this.text(value);
  }

  /** What hides a value in an encoding is hidden whole. */
  text(text: string): string {
    const replaced = this.known.replaceIn(text);
    const hides = decodingsOf(replaced).some((each) => this.known.isIn(each));
    return hides ? this.pseudonym('requestParameters', text) : replaced;
  }

  record(json: string): string {
    return mapRecordText(json, this);
  }

  /** Values of parameters are replaced where they stand; as words in other text they would hit everything. */
  private *knownValues(values: Readonly<Record<ValueClass, ReadonlySet<string>>>) {
    for (const valueClass of VALUE_CLASSES) {
      if (valueClass === 'requestParameters' || !this.chosen.has(valueClass)) continue;
      for (const value of values[valueClass]) {
        yield [value, this.pseudonym(valueClass, value)] as const;
      }
    }
  }

  private pseudonym(valueClass: ValueClass, value: string): string {
    const pseudonym = this.given.of(valueClass, value);
    if (!this.done.has(value)) this.pseudonyms.push({ valueClass, value, pseudonym });
    this.done.add(value);
    return pseudonym;
  }
}
