import type { PreparedExport } from '../../core/export/prepareExport';
import { VALUE_CLASSES, type ValueClass } from '../../core/export/redact/values';

/** The values of one class that an export holds. */
export interface ValuesLeaving {
  readonly valueClass: ValueClass;
  readonly count: number;
  /** They came as pseudonyms and stay so. */
  readonly isRedacted: boolean;
  /** The first of them, and what each becomes; itself where it stays. */
  readonly samples: readonly { readonly value: string; readonly becomes: string }[];
}

/** What an export would let out. */
export interface ExportPreview {
  /** Every class, in one order. */
  readonly values: readonly ValuesLeaving[];
  /** How many insights have their CloudTrail events in it. */
  readonly insightsWithEvents: number;
}

/** Enough to see what is meant; a class may hold a hundred thousand. */
const MOST_SAMPLES = 40;

/** Every class with what it would let out. */
export function valuesLeaving({
  values,
  alreadyRedacted,
  pseudonyms,
  text,
}: PreparedExport): ValuesLeaving[] {
  const pseudonymOf = new Map(pseudonyms.map(({ value, pseudonym }) => [value, pseudonym]));
  return VALUE_CLASSES.map((valueClass) => ({
    valueClass,
    count: values[valueClass].length,
    isRedacted: alreadyRedacted.includes(valueClass),
    samples: values[valueClass].slice(0, MOST_SAMPLES).map((value) => ({
      value,
      becomes: pseudonymOf.get(value) ?? text(value),
    })),
  }));
}
