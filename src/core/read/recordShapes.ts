import { RowIndex } from '../activity/rowIndex';
import { classify, type Classified } from '../cloudtrail/classify';
import { Field } from './field';
import type { RecordFields } from './recordFields';
import type { RecordRefs } from './recordRefs';

/** S3 and other notifications look like records, but their sources are `aws:s3`, not `s3.amazonaws.com`. */
export const isForeign = (eventSource: string): boolean => eventSource.startsWith('aws:');

/** What records with the same source, name, account, Region and kind have in common. */
export interface KnownShape {
  readonly classified: Classified;
  /** Numbers of strings. */
  readonly account: number;
  readonly region: number;
  readonly source: number;
  readonly name: number;
  /** Whether it has to have a time, a source and a name; whether it has the latter two. */
  readonly needsAll: boolean;
  readonly hasAll: boolean;
  /** Its number in the builder; -1 until the first of them is counted. */
  api: number;
}

/** What records are and where they belong, decided once for all records alike. */
export class RecordShapes {
  private readonly shapes = new RowIndex(8);
  private readonly shape = new Uint32Array(8);
  private readonly known: (KnownShape | null)[] = [];

  constructor(private readonly refs: RecordRefs) {}

  /** Null when the record is none of CloudTrail's. */
  of(fields: RecordFields): KnownShape | null {
    const { shape, known, refs } = this;
    shape[0] = refs.of(fields, Field.eventSource);
    shape[1] = refs.of(fields, Field.eventName);
    shape[2] = refs.of(fields, Field.eventCategory);
    shape[3] = refs.of(fields, Field.eventType);
    shape[4] = flagOf(fields, Field.managementEvent);
    shape[5] = flagOf(fields, Field.readOnly);
    shape[6] = refs.ofAccount(fields);
    shape[7] = refs.of(fields, Field.awsRegion);
    const number = this.shapes.indexOf(shape);
    if (number === known.length) known.push(this.toKnown(shape));
    return known[number];
  }

  private toKnown(shape: Uint32Array): KnownShape | null {
    const [source, name, category, type, managementEvent, readOnly, account, region] = shape;
    const text = (ref: number) => this.refs.strings.text(ref);
    if (isForeign(text(source))) return null;
    const classified = classify({
      eventSource: text(source),
      eventName: text(name),
      eventCategory: text(category),
      eventType: text(type),
      managementEvent: FLAGS[managementEvent],
      readOnly: FLAGS[readOnly],
    });
    const hasAll = source !== 0 && name !== 0;
    const needsAll = isCall(classified);
    return { classified, account, region, source, name, needsAll, hasAll, api: -1 };
  }
}

/** Insights and aggregated events have no name of their own, and aggregated ones no time. */
const isCall = ({ kind }: Classified): boolean => kind !== 'insight' && kind !== 'other';

const FLAGS = [undefined, false, true];

/** 2 for `true`, 1 for `false`, also as texts and in any letter case; 0 for everything else. */
function flagOf(fields: RecordFields, field: Field): number {
  if (!fields.has(field)) return 0;
  const length = fields.end[field] - fields.start[field];
  const first = fields.textOf(field).bytes[fields.start[field]] | 0x20;
  return length === 4 && first === 0x74 ? 2 : length === 5 && first === 0x66 ? 1 : 0;
}
