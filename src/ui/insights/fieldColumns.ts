import type { ListedInsight } from '../../core/insights/listedInsights';
import { inSlices } from '../parts/turns';
import { FIELDS, valuesOf, type Field } from './insightValues';

/** The values of one field over all insights: those of insight i are `values[code[k]]`, first[i] ≤ k < first[i + 1]. */
export interface FieldColumn {
  readonly field: Field;
  /** Each once, in code-unit order. */
  readonly values: readonly string[];
  readonly first: Uint32Array;
  readonly code: Uint32Array;
}

class FieldColumnBuilder {
  readonly #field: Field;
  readonly #codeOf = new Map<string, number>();
  readonly #first: number[] = [0];
  readonly #codes: number[] = [];

  constructor(field: Field) {
    this.#field = field;
  }

  add(insight: ListedInsight): void {
    for (const value of valuesOf(insight, this.#field)) {
      const code = this.#codeOf.get(value) ?? this.#codeOf.size;
      this.#codeOf.set(value, code);
      this.#codes.push(code);
    }
    this.#first.push(this.#codes.length);
  }

  finish(): FieldColumn {
    const values = [...this.#codeOf.keys()].sort();
    const placeOf = new Uint32Array(values.length);
    values.forEach((value, place) => (placeOf[this.#codeOf.get(value)!] = place));
    return {
      field: this.#field,
      values,
      first: Uint32Array.from(this.#first),
      code: Uint32Array.from(this.#codes, (code) => placeOf[code]),
    };
  }
}

const known = new WeakMap<readonly ListedInsight[], readonly FieldColumn[]>();

/** A column for every field, made once for the same insights. */
export function fieldColumnsOf(insights: readonly ListedInsight[]): readonly FieldColumn[] {
  const made = known.get(insights) ?? madeOf(insights);
  known.set(insights, made);
  return made;
}

function madeOf(insights: readonly ListedInsight[]): readonly FieldColumn[] {
  const builders = FIELDS.map((field) => new FieldColumnBuilder(field));
  for (const insight of insights) builders.forEach((each) => each.add(insight));
  return builders.map((each) => each.finish());
}

/** Makes them over as many tasks as it takes. */
export async function prepareFieldColumns(insights: readonly ListedInsight[]): Promise<void> {
  const builders = FIELDS.map((field) => new FieldColumnBuilder(field));
  await inSlices(insights, (insight) => builders.forEach((each) => each.add(insight)));
  const made: FieldColumn[] = [];
  await inSlices(builders, (each) => made.push(each.finish()));
  known.set(insights, made);
}
