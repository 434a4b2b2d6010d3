import type { AsyncBuffer, ColumnMetaData, FileMetaData, PageHeader, RowGroup } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import {
  getMaxDefinitionLevel,
  getMaxRepetitionLevel,
  getSchemaPath,
} from 'hyparquet/src/schema.js';
import { readVarInt } from 'hyparquet/src/thrift.js';

/** A row group of Security Lake has some hundred thousand rows. */
const MOST_VALUES = 1 << 26;

/**
 * Walks the headers of a row group's pages before anything is unpacked: what claims billions of values would be read for
 * hours. Throws where a page does not fit into its column, or has more values than the column.
 */
export async function refuseDamagedPages(
  file: AsyncBuffer,
  { schema }: FileMetaData,
  { columns, num_rows }: RowGroup,
  wanted: readonly string[],
): Promise<void> {
  for (const { meta_data: column } of columns) {
    if (!column || !wanted.includes(column.path_in_schema[0])) continue;
    const start = Number(column.dictionary_page_offset || column.data_page_offset);
    const bytes = await file.slice(start, start + Number(column.total_compressed_size));
    const path = getSchemaPath(schema, column.path_in_schema);
    const levels = [getMaxRepetitionLevel(path), getMaxDefinitionLevel(path)];
    const isSound = column.num_values >= num_rows && column.num_values <= MOST_VALUES;
    if (!isSound || !arePagesSound(new DataView(bytes), column, levels.map(bitsFor))) {
      throw new Error(`a damaged page in the column ${column.path_in_schema.join('.')}`);
    }
  }
}

const bitsFor = (most: number): number => 32 - Math.clz32(most);

/** `bits`: of a repetition level, and of a definition level. */
function arePagesSound(view: DataView, column: ColumnMetaData, bits: number[]): boolean {
  const most = Number(column.num_values);
  const reader = { view, offset: 0 };
  let left = most;
  while (left > 0 && reader.offset < view.byteLength) {
    const page = parquetHeader(reader);
    const data = page.data_page_header ?? page.data_page_header_v2;
    const values = data ? data.num_values : 0;
    const entries = page.dictionary_page_header?.num_values ?? 0;
    const end = reader.offset + page.compressed_page_size;
    const fits = end >= reader.offset && end <= view.byteLength;
    if (!fits || !(values >= 0 && values <= left && entries >= 0 && entries <= most)) return false;
    if (!areLevelsSound(view, reader.offset, page, bits)) return false;
    left -= values;
    reader.offset = end;
  }
  return left === 0;
}

/** Of the newer pages the runs of levels, which are not packed and so have no checksum. */
function areLevelsSound(
  view: DataView,
  start: number,
  page: PageHeader,
  [repetition, definition]: number[],
): boolean {
  const header = page.data_page_header_v2;
  if (!header) return true;
  const { num_values, repetition_levels_byte_length, definition_levels_byte_length } = header;
  const lengths = [repetition_levels_byte_length, definition_levels_byte_length];
  if (!lengths.every((length) => length >= 0 && length <= page.compressed_page_size)) return false;
  const between = start + repetition_levels_byte_length;
  return (
    areRunsSound(view, start, between, num_values, repetition) &&
    areRunsSound(view, between, between + definition_levels_byte_length, num_values, definition)
  );
}

/** Runs of levels below 256, each one value so many times, or groups of eight packed into bits. */
function areRunsSound(
  view: DataView,
  start: number,
  end: number,
  values: number,
  bits: number,
): boolean {
  const reader = { view, offset: start };
  for (let left = values; left > 0 && reader.offset < end;) {
    const run = readVarInt(reader);
    const isPacked = (run & 1) === 1;
    const count = isPacked ? (run >>> 1) * 8 : run >>> 1;
    if (count === 0 || count > left + 7) return false;
    left -= count;
    reader.offset += isPacked ? (count / 8) * bits : 1;
  }
  return true;
}
