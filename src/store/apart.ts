/** The arrays that what is stored is made of. */
const KINDS = { Int32Array, Uint32Array, Uint16Array, Uint8Array };
type Kind = keyof typeof KINDS;
export type Column = InstanceType<(typeof KINDS)[Kind]>;

/**
 * Columns larger than this are stored apart, in pieces of this size: Chromium writes no value over 133 MB (ten million
 * events are one of 152), and a value takes its own size once more while it is written.
 */
const PIECE_BYTES = 4 << 20;

/** Stands where a column stood that is stored apart. */
interface StandIn {
  /** Its number among those of the same value. */
  readonly apart: number;
  readonly kind: Kind;
  readonly length: number;
}

/** A value without its large columns. */
export type Apart<T> = T extends Column
  ? T | StandIn
  : T extends object
    ? { readonly [K in keyof T]: Apart<T[K]> }
    : T;

/** A value of plain objects, arrays and columns without its large columns, and those, by the number in their stand-ins. */
export function takeApart<T>(value: T): { rest: Apart<T>; columns: Column[] } {
  const columns: Column[] = [];
  const rest = replaced(value, (part) => {
    if (!isColumn(part) || part.byteLength <= PIECE_BYTES) return undefined;
    const apart = columns.push(part) - 1;
    return { apart, kind: kindOf(part), length: part.length } satisfies StandIn;
  });
  return { rest: rest as Apart<T>, columns };
}

/** The value again, with columns by number that are still to be filled. */
export function putTogether<T>(rest: Apart<T>): { value: T; columns: Column[] } {
  const columns: Column[] = [];
  const value = replaced(rest, (part) =>
    isStandIn(part) ? (columns[part.apart] = new KINDS[part.kind](part.length)) : undefined,
  );
  return { value: value as T, columns };
}

/** Where the pieces of a column begin. */
export function startsOf(column: Column): number[] {
  const length = PIECE_BYTES / column.BYTES_PER_ELEMENT;
  return Array.from({ length: Math.ceil(column.length / length) }, (_, piece) => piece * length);
}

/**
 * The pieces of a column and where they begin, each there until the next is asked for. They are copies, since a view would
 * be written with all that it is a view of; in one place, since 75 of them would wait for the garbage collector.
 */
export function* piecesOf(column: Column): Generator<{ start: number; piece: Column }> {
  const whole = new KINDS[kindOf(column)](new ArrayBuffer(PIECE_BYTES));
  for (const start of startsOf(column)) {
    const part = column.subarray(start, start + whole.length);
    if (part.length < whole.length) yield { start, piece: part.slice() };
    else {
      whole.set(part);
      yield { start, piece: whole };
    }
  }
}

const kindOf = (column: Column): Kind => column.constructor.name as Kind;

/** A copy in which `stand` has replaced what it does not answer with undefined. Lists of texts are taken as they are. */
function replaced(value: unknown, stand: (part: object) => unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const instead = stand(value);
  if (instead !== undefined) return instead;
  if (ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value))
    return typeof value[0] === 'string' ? value : value.map((part) => replaced(part, stand));
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, replaced(part, stand)]),
  );
}

const isColumn = (part: object): part is Column => ArrayBuffer.isView(part);
const isStandIn = (part: object): part is StandIn => 'apart' in part;
