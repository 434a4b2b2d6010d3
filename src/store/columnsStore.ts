import type { IDBPObjectStore } from 'idb';
import { type Apart, piecesOf, putTogether, startsOf, takeApart } from './apart';
import { allOf, type StoreName, type TrailglassSchema } from './schema';

type Columns<Mode extends IDBTransactionMode> = IDBPObjectStore<
  TrailglassSchema,
  StoreName[],
  'columns',
  Mode
>;

/** Whose columns: the analysis' id, and which of its values. */
export type Owner = readonly [id: string, value: string];

/** Writes the large columns of a value in place of those it had, a piece at a time; returns what is left to write. */
export async function putColumns<T>(
  store: Columns<'readwrite'>,
  owner: Owner,
  value: T,
): Promise<Apart<T>> {
  const { rest, columns } = takeApart(value);
  await store.delete(allOf(...owner));
  for (const [number, column] of columns.entries()) {
    for (const { start, piece } of piecesOf(column))
      await store.put(piece, [...owner, number, start]);
  }
  return rest;
}

/** The value that `putColumns` took apart. */
export async function getColumns<T>(
  store: Columns<'readonly'>,
  owner: Owner,
  rest: Apart<T>,
): Promise<T> {
  const { value, columns } = putTogether<T>(rest);
  for (const [number, column] of columns.entries()) {
    for (const start of startsOf(column))
      column.set((await store.get([...owner, number, start]))!, start);
  }
  return value;
}
