import type { SeriesKey } from '../activity/callSeries';
import { type Minute, minuteOfBytes } from '../activity/minute';
import { classify } from '../cloudtrail/classify';
import { ACCOUNT_FIELDS } from './recordRefs';
import { isForeign } from './recordShapes';
import { type CollectedEvent, EarliestEvents } from './earliestEvents';
import type { FileSink, ParquetBytes } from '../container/fileSink';
import { Field } from './field';
import type { RecordFields } from './recordFields';
import { recordText } from './recordText';
import { AnyScanner } from './scanLog';

/** Half-open minutes [from, to) of which the events are wanted: those of the series, and all others of its account and Region. */
export interface EventsWanted {
  readonly key: SeriesKey;
  readonly from: Minute;
  readonly to: Minute;
}

/** What was found of one wish: events of the series, and the others of those minutes; earliest first, each up to the cap. */
export interface CollectedEvents {
  readonly events: readonly CollectedEvent[];
  readonly others: readonly CollectedEvent[];
}

interface Wish extends EventsWanted {
  readonly events: EarliestEvents;
  readonly others: EarliestEvents;
}

/** The records that some insights rest on, kept as the text they have in their files. */
export class EventCollection {
  private readonly wishes: readonly Wish[];
  private readonly minutes = new Set<number>();

  constructor(wanted: readonly EventsWanted[]) {
    this.wishes = wanted.map(({ key, from, to }) => ({
      key,
      from,
      to,
      events: new EarliestEvents(),
      others: new EarliestEvents(),
    }));
    for (const { from, to } of wanted) {
      for (let minute: number = from; minute < to; minute++) this.minutes.add(minute);
    }
  }

  /** Keeps the record where it is wanted. */
  add(fields: RecordFields): void {
    if (!fields.has(Field.eventTime)) return;
    const { bytes } = fields.textOf(Field.eventTime);
    const start = fields.start[Field.eventTime];
    const minute = minuteOfBytes(bytes, start, fields.end[Field.eventTime]);
    if (!this.minutes.has(minute)) return;
    const facts = factsOf(fields);
    if (facts === null) return;
    let event: CollectedEvent | undefined;
    for (const { key, from, to, events, others } of this.wishes) {
      if (minute < from || minute >= to || !isOfScope(facts, key)) continue;
      const list = isOfSeries(facts, key) ? events : others;
      if (!list.mayTake(minute)) continue;
      event ??= eventOf(fields, minute);
      list.add(event);
    }
  }

  /** What was found of each wish, in the order of the wishes. */
  finish(): CollectedEvents[] {
    return this.wishes.map(({ events, others }) => ({
      events: events.finish(),
      others: others.finish(),
    }));
  }
}

/** Reads files into a collection as `LogReader` reads them into the table; what is damaged was told the first time. */
export class CollectingReader implements FileSink {
  private readonly scanner: AnyScanner;
  private readonly parquetFiles: ParquetBytes[] = [];

  constructor(collection: EventCollection) {
    this.scanner = new AnyScanner({
      record: (fields) => collection.add(fields),
      stranger: () => {},
    });
  }

  open(): void {
    this.scanner.restart();
  }

  piece(bytes: Uint8Array, start: number, end: number): void {
    this.scanner.push(bytes, start, end);
  }

  close(): void {
    this.scanner.finish();
  }

  parquet(path: string, bytes: Uint8Array<ArrayBuffer>): void {
    this.parquetFiles.push({ path, bytes });
  }

  /** The Parquet files that came since the last time, which are not read. */
  takeParquet(): ParquetBytes[] {
    return this.parquetFiles.splice(0);
  }

  skip(): void {}
}

/** One list of what several readers found of one wish: the same whoever read what. */
export function mergeCollected(parts: readonly CollectedEvents[]): CollectedEvents {
  const merged = (lists: readonly (readonly CollectedEvent[])[]): CollectedEvent[] => {
    const earliest = new EarliestEvents();
    for (const list of lists) for (const event of list) earliest.add(event);
    return earliest.finish();
  };
  return {
    events: merged(parts.map(({ events }) => events)),
    others: merged(parts.map(({ others }) => others)),
  };
}

interface Facts extends SeriesKey {
  readonly isWrite: boolean;
}

/** What decides whose event it is; null for what no minute of the logs counts: Insights and aggregated events. */
function factsOf(fields: RecordFields): Facts | null {
  const eventSource = fields.string(Field.eventSource) ?? '';
  const eventName = fields.string(Field.eventName) ?? '';
  if (eventSource === '' || eventName === '' || isForeign(eventSource)) return null;
  const { kind } = classify({
    eventSource,
    eventName,
    eventCategory: fields.string(Field.eventCategory),
    eventType: fields.string(Field.eventType),
    managementEvent: flagOf(fields, Field.managementEvent),
    readOnly: flagOf(fields, Field.readOnly),
  });
  if (kind === 'insight' || kind === 'other') return null;
  const account = ACCOUNT_FIELDS.find((field) => fields.string(field));
  return {
    recipientAccountId: account === undefined ? '' : fields.string(account)!,
    awsRegion: fields.string(Field.awsRegion) ?? '',
    eventSource,
    eventName,
    errorCode: kind === 'data' ? undefined : fields.string(Field.errorCode),
    isWrite: kind === 'write management',
  };
}

function flagOf(fields: RecordFields, field: Field): boolean | undefined {
  const text = fields.string(field)?.toLowerCase();
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

const isOfScope = (facts: Facts, key: SeriesKey): boolean =>
  facts.recipientAccountId === key.recipientAccountId && facts.awsRegion === key.awsRegion;

/** As the series counts: writes whatever came of them, or the errors of one code. */
const isOfSeries = (facts: Facts, key: SeriesKey): boolean =>
  facts.eventName === key.eventName &&
  facts.eventSource === key.eventSource &&
  (key.errorCode === undefined ? facts.isWrite : facts.errorCode === key.errorCode);

function eventOf(fields: RecordFields, minute: number): CollectedEvent {
  const original = fields.string(Field.originalEventID);
  const isUpdate = original !== undefined && fields.string(Field.addendumReason) === 'UPDATED_DATA';
  return {
    minute,
    eventTime: fields.string(Field.eventTime)!,
    eventID: (isUpdate ? original : fields.string(Field.eventID)) ?? '',
    isUpdate,
    text: recordText(fields),
  };
}
