import type { FileNote } from '../ledger';
import type { RecordFields } from './recordFields';
import { recordText } from './recordText';

/** AWS's own Insights records are kept as text for comparison; so many are years of them. */
const MOST_INSIGHTS = 20_000;

/** AWS's own Insights records among those read, and how many came that are not kept. */
export class KeptInsights {
  /** JSON text, in the order they came. */
  readonly records: string[] = [];
  private found = 0;

  add(fields: RecordFields): void {
    this.found++;
    if (this.records.length < MOST_INSIGHTS) this.records.push(recordText(fields));
  }

  leftOut(): FileNote[] {
    const left = this.found - this.records.length;
    if (left === 0) return [];
    const detail = `${left} of ${this.found} are counted, but not kept for comparison`;
    return [{ name: "Insights records of AWS's", detail }];
  }
}
