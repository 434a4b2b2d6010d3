import { gunzipSync } from 'fflate';
import { decompress as unzstd } from 'fzstd';
import {
  type AsyncBuffer,
  type AsyncRowGroup,
  type FileMetaData,
  parquetMetadataAsync,
  parquetSchema,
  snappyUncompress,
} from 'hyparquet';
import { assembleAsync, asyncGroupToRows } from 'hyparquet/src/rowgroup.js';
import { prepareParquetRead, readParquetPlan } from 'hyparquet/src/scan.js';
import { refuseDamagedPages } from './refuseDamagedPages';
import { crc32 } from '../../container/crc32';

/** Random access to a Parquet file: its description stands at its end. */
export type ParquetSource = AsyncBuffer;

export type ParquetRow = Readonly<Record<string, unknown>>;

/** A Parquet file whose description was read, and none of its rows yet. */
export interface ParquetFile {
  /** Names of the outermost columns. */
  readonly columns: readonly string[];
  readonly rows: number;
  /** Some columns of all rows, never more at once than fit into memory; a text says which rows are damaged, and how. */
  parts(columns: readonly string[]): AsyncGenerator<ParquetRow[] | string>;
}

/** A page holds about 1 MB; what claims to unpack to more than this is a bomb. */
const LARGEST_PAGE = 1 << 28;
/** So many bytes of a row group, unpacked, become rows at once; larger groups are read in parts. */
const LARGEST_PART = 1 << 27;
const MOST_ROWS = 1 << 18;
/**
 * A few bytes can stand for any number of equal rows, or for any length of text. But events differ: an eventID alone is 16
 * random bytes. So a file may claim a row a byte, these few in any case, and unpack to so many times its length, as DEFLATE can.
 */
const ROWS_IN_ANY_CASE = 1 << 16;
const MOST_TIMES = 1000;

type Unpack = (packed: Uint8Array, into: Uint8Array) => Uint8Array;

/** `times`: what the format can make of a byte at the most. */
const bounded = (times: number, unpack: Unpack) => (packed: Uint8Array, length: number) => {
  if (length > Math.min(LARGEST_PAGE, times * packed.length))
    throw new Error(`a page of ${packed.length} bytes claims to hold ${length}`);
  return unpack(packed, new Uint8Array(length));
};

/**
 * What Security Lake writes is packed with Zstandard or gzip. Zstandard makes 128 kB of a block of four bytes, DEFLATE 258 of
 * two bits, Snappy 64 of a copy of three bytes.
 */
const COMPRESSORS = {
  ZSTD: bounded(1 << 15, (packed, into) => unzstd(packed, into)),
  GZIP: bounded(1032, (packed, into) => verified(packed, gunzipSync(packed, { out: into }))),
  SNAPPY: bounded(32, (packed, into) => (snappyUncompress(packed, into), into)),
};

/** A page unpacked wrongly may claim runs of billions of values, which would be read for hours. */
function verified(packed: Uint8Array, page: Uint8Array): Uint8Array {
  const trailer = new DataView(packed.buffer, packed.byteOffset + packed.length - 8, 8);
  if (
    trailer.getUint32(0, true) !==
    crc32(0, page, new DataView(page.buffer, page.byteOffset, page.length), 0, page.length)
  ) {
    throw new Error('a page differs from its checksum');
  }
  return page;
}

/** Reads the description of a Parquet file. Throws an `Error` that says what is wrong with it. */
export async function openParquet(file: ParquetSource): Promise<ParquetFile> {
  const metadata = await parquetMetadataAsync(file, { geoparquet: false });
  const [root, ...elements] = metadata.schema;
  return {
    columns: outermost(root.num_children ?? 0, elements),
    rows: Number(metadata.num_rows),
    async *parts(columns) {
      let rowStart = 0;
      const mostRows = Math.max(ROWS_IN_ANY_CASE, file.byteLength);
      for (const group of metadata.row_groups) {
        const rows = Number(group.num_rows);
        try {
          if (!(rows >= 0 && rowStart + rows <= mostRows))
            throw new Error(`more rows than ${file.byteLength} bytes can hold`);
          await refuseDamagedPages(file, metadata, group, columns);
          const bytes = Math.min(Number(group.total_byte_size), MOST_TIMES * file.byteLength);
          for (const [from, to] of partsOf(rows, bytes)) {
            const rowEnd = rowStart + to;
            yield await readRows(file, metadata, [...columns], rowStart + from, rowEnd);
          }
        } catch (error) {
          yield `rows ${rowStart} to ${rowStart + rows}: ${wordsOf(error)}`;
        }
        rowStart += rows;
      }
    },
  };
}

export const wordsOf = (error: unknown): string =>
  error instanceof Error ? error.message : 'unreadable';

/** A row group in parts that fit into memory, each half open. */
function partsOf(rows: number, bytes: number): [number, number][] {
  const parts = Math.max(1, Math.ceil(bytes / LARGEST_PART), Math.ceil(rows / MOST_ROWS));
  const edge = (part: number) => Math.round((rows * part) / parts);
  return Array.from({ length: parts }, (_, part) => [edge(part), edge(part + 1)]);
}

/** `parquetReadObjects`, which leaves promises behind that nobody waits for when several columns are damaged. */
async function readRows(
  file: AsyncBuffer,
  metadata: FileMetaData,
  columns: string[],
  rowStart: number,
  rowEnd: number,
): Promise<ParquetRow[]> {
  const options = { file, metadata, columns, rowStart, rowEnd, compressors: COMPRESSORS };
  const prepared = await prepareParquetRead(options);
  const groups = readParquetPlan(prepared.options, prepared.plan);
  await allColumns(groups);
  const schema = parquetSchema(metadata);
  const assembled = groups.map((group) => assembleAsync(group, schema, undefined));
  await allColumns(assembled);
  const rows = assembled.map((group) => {
    const from = Math.max(rowStart - group.groupStart, 0);
    const to = Math.min(rowEnd - group.groupStart, group.groupRows);
    return asyncGroupToRows(group, from, to, columns, 'object');
  });
  return (await Promise.all(rows)).flat();
}

/** Waits for all, and throws what the first that failed says. */
async function allColumns(groups: readonly AsyncRowGroup[]): Promise<void> {
  const columns = groups.flatMap(({ asyncColumns }) => asyncColumns.map(({ data }) => data));
  await Promise.allSettled<unknown>(columns);
  await Promise.all<unknown>(columns);
}

interface SchemaElement {
  readonly name: string;
  readonly num_children?: number;
}

/** The schema is a tree written depth first. */
function outermost(count: number, elements: readonly SchemaElement[]): string[] {
  const names: string[] = [];
  let at = 0;
  const pass = () => {
    for (let children = elements[at++]?.num_children ?? 0; children > 0; children--) pass();
  };
  while (names.length < count && at < elements.length) {
    names.push(elements[at].name);
    pass();
  }
  return names;
}
