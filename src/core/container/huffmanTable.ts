/**
 * Decoding tables for DEFLATE's prefix codes (RFC 1951, 3.2). A code's bits come lowest first, so the next bits of the
 * input are the index. An entry is one int32; every one has the bits to drop in bits 0–4:
 *
 *   literals  bit 31 clear; bits 9–16 first byte, 17–24 second byte, 25–26 how many bytes (1 or 2)
 *   match     bit 31; bits 5–8 code bits (the rest of bits 0–4 are extra bits), 9–23 base length or base distance
 *   special   bits 31 and 30; END_OF_BLOCK, or SUBTABLE (bits 5–8 its index bits, 9–23 its place), or no such code
 */
export const SPECIAL = 1 << 30;
export const END_OF_BLOCK = 1 << 29;
export const SUBTABLE = 1 << 28;
const MATCH = 1 << 31;
const INVALID = MATCH | SPECIAL;
export const CODE_SHIFT = 5;
export const VALUE_SHIFT = 9;
export const COUNT_SHIFT = 25;
const MAX_CODE_BITS = 15;
/** One bit more in an entry's two counts of code bits. */
const CODE_BIT = (1 << CODE_SHIFT) + 1;

/** Extra bits grow by one every `perExtra` symbols, after twice as many without any. */
function matchSymbols(symbols: number, perExtra: number, base: number): number[] {
  const entries: number[] = [];
  let next = base;
  for (let symbol = 0; symbol < symbols; symbol++) {
    const extra = Math.max(0, Math.floor(symbol / perExtra) - 1);
    entries.push(MATCH | (next << VALUE_SHIFT) | extra);
    next += 1 << extra;
  }
  return entries;
}

const LENGTHS = [...matchSymbols(28, 4, 3), MATCH | (258 << VALUE_SHIFT)];
const DISTANCES = matchSymbols(30, 2, 1);

/** Entries, still without code bits, of the literal/length symbols 0–287, the distances 0–31 and the plain numbers 0–18. */
export const LITERAL_SYMBOLS = Int32Array.from({ length: 288 }, (_, symbol) => {
  if (symbol < 256) return (1 << COUNT_SHIFT) | (symbol << VALUE_SHIFT);
  return symbol === 256 ? INVALID | END_OF_BLOCK : (LENGTHS[symbol - 257] ?? INVALID);
});
export const DISTANCE_SYMBOLS = Int32Array.from({ length: 32 }, (_, i) => DISTANCES[i] ?? INVALID);
export const LENGTH_SYMBOLS = Int32Array.from({ length: 19 }, (_, i) => i << VALUE_SHIFT);

/** Room for the worst complete code of 288 symbols behind a first level of 10 bits (zlib's `enough`: 1334). */
export const LITERAL_ROOM = 1536;
/** The same for 32 symbols behind 8 bits (402). */
export const DISTANCE_ROOM = 512;

const counts = new Int32Array(MAX_CODE_BITS + 1);
const places = new Int32Array(MAX_CODE_BITS + 1);
const sorted = new Int32Array(288);

/**
 * Fills `table` from the code lengths lengths[from, to): a first level of 2^rootBits entries, second levels behind it.
 * False when the lengths are no prefix code: over-subscribed, or incomplete with more than one code of one bit.
 */
export function buildTable(
  table: Int32Array,
  rootBits: number,
  symbols: Int32Array,
  lengths: Uint8Array,
  from: number,
  to: number,
): boolean {
  const longest = sortByLength(lengths, from, to);
  const unused = unusedCodes();
  if (unused < 0 || (unused > 0 && longest > 1)) return false;
  const size = 1 << rootBits;
  if (unused > 0) table.fill(INVALID, 0, size);
  let code = 0;
  let next = 0;
  for (let bits = 1; bits <= longest && bits <= rootBits; bits++) {
    for (let left = counts[bits]; left > 0; left--) {
      const entry = symbols[sorted[next++]] + bits * CODE_BIT;
      for (let index = code; index < size; index += 1 << bits) table[index] = entry;
      code = followingCode(code, bits);
    }
  }
  if (longest > rootBits) buildSubtables(table, rootBits, symbols, longest, code, next);
  return true;
}

function sortByLength(lengths: Uint8Array, from: number, to: number): number {
  counts.fill(0);
  for (let i = from; i < to; i++) counts[lengths[i]]++;
  counts[0] = 0;
  let longest = 0;
  let place = 0;
  for (let bits = 1; bits <= MAX_CODE_BITS; bits++) {
    places[bits] = place;
    place += counts[bits];
    if (counts[bits] > 0) longest = bits;
  }
  for (let i = from; i < to; i++) if (lengths[i] > 0) sorted[places[lengths[i]]++] = i - from;
  return longest;
}

/** How much of the code space is left over, in codes of the greatest length; negative when over-subscribed. */
function unusedCodes(): number {
  let left = 1;
  for (let bits = 1; bits <= MAX_CODE_BITS && left >= 0; bits++) left = 2 * left - counts[bits];
  return left;
}

/** The code after this one of `bits` bits, both with their first bit lowest. */
function followingCode(code: number, bits: number): number {
  let bit = 1 << (bits - 1);
  while ((code & bit) !== 0) bit >>>= 1;
  return bit === 0 ? 0 : (code & (bit - 1)) | bit;
}

function buildSubtables(
  table: Int32Array,
  rootBits: number,
  symbols: Int32Array,
  longest: number,
  firstCode: number,
  firstSymbol: number,
): void {
  const rootMask = (1 << rootBits) - 1;
  let code = firstCode;
  let next = firstSymbol;
  let root = -1;
  let place = 0;
  let size = 1 << rootBits;
  let end = 0;
  for (let bits = rootBits + 1; bits <= longest; bits++) {
    for (; counts[bits] > 0; counts[bits]--) {
      if ((code & rootMask) !== root) {
        root = code & rootMask;
        place = end = end + size;
        const indexBits = subtableBits(bits, rootBits, longest);
        size = 1 << indexBits;
        table[root] = INVALID | SUBTABLE | (indexBits << CODE_SHIFT) | (place << VALUE_SHIFT);
      }
      const entry = symbols[sorted[next++]] + bits * CODE_BIT;
      const step = 1 << (bits - rootBits);
      for (let index = code >>> rootBits; index < size; index += step) table[place + index] = entry;
      code = followingCode(code, bits);
    }
  }
}

/** As many index bits as the codes that share this root can need. */
function subtableBits(bits: number, rootBits: number, longest: number): number {
  let indexBits = bits - rootBits;
  let left = 1 << indexBits;
  while (indexBits + rootBits < longest) {
    left -= counts[indexBits + rootBits];
    if (left <= 0) break;
    indexBits++;
    left <<= 1;
  }
  return indexBits;
}

/** Lets one look-up yield two literals wherever both codes fit into the first level. */
export function pairLiterals(table: Int32Array, rootBits: number): void {
  for (let index = (1 << rootBits) - 1; index >= 0; index--) {
    const first = table[index];
    if (first < 0) continue;
    const second = table[index >>> (first & 31)];
    const bits = (first & 31) + (second & 31);
    if (second < 0 || bits > rootBits) continue;
    const bytes = ((first >>> VALUE_SHIFT) & 255) | (((second >>> VALUE_SHIFT) & 255) << 8);
    table[index] = (2 << COUNT_SHIFT) | (bytes << VALUE_SHIFT) | bits;
  }
}
