/** Bytes with a view on the same memory: words are loaded through the view, single bytes through the array. */
export interface ByteText {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

/** The bytes as they are, with a view on exactly them. */
export const toByteText = (bytes: Uint8Array): ByteText => ({
  bytes,
  view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
});

/** An ASCII constant as bytes. */
export const asciiBytes = (text: string): Uint8Array =>
  Uint8Array.from(text, (character) => character.charCodeAt(0));

/** Grows by doubling; what was there stays at the front. */
export function grown<T extends Uint8Array | Uint16Array | Int32Array | Uint32Array>(
  column: T,
  needed: number,
): T {
  if (needed <= column.length) return column;
  const larger = new (column.constructor as new (length: number) => T)(
    Math.max(needed, column.length * 2),
  );
  larger.set(column);
  return larger;
}
