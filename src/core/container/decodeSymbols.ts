import { type BlockCodes, DISTANCE_BITS } from './blockCodes';
import type { ByteInput } from './byteInput';
import {
  CODE_SHIFT,
  COUNT_SHIFT,
  END_OF_BLOCK,
  SPECIAL,
  SUBTABLE,
  VALUE_SHIFT,
} from './huffmanTable';
import type { OutputWindow } from './outputWindow';

/** Why the decoding loop stopped. */
const AT_LIMIT = 0;
export const BLOCK_ENDS = 1;
export const BAD_CODE = 2;
export const BAD_DISTANCE = 3;

/**
 * The hot loop of a block: at least one round, then on while the input is before bit `bitLimit` and the output has room.
 * `hasNoNaN`: the output holds no bytes that are a float64 which is not a number. Returns why it stopped.
 */
export function decodeSymbols(
  input: ByteInput,
  window: OutputWindow,
  codes: BlockCodes,
  hasNoNaN: boolean,
  bitLimit: number,
): number {
  const source = input.view;
  const { bytes: output, view: target, limit, windowStart } = window;
  const { literals, distances, literalBits } = codes;
  const literalMask = (1 << literalBits) - 1;
  let at = input.position * 8 + input.bit;
  let to = window.written;
  let outcome = AT_LIMIT;
  do {
    let word = source.getInt32(at >> 3, true) >>> (at & 7);
    let entry = literals[word & literalMask];
    if (entry >= 0) {
      target.setInt16(to, entry >>> VALUE_SHIFT, true);
      to += entry >>> COUNT_SHIFT;
      at += entry & 31;
      entry = literals[(word >>> (entry & 31)) & literalMask];
      if (entry >= 0) {
        target.setInt16(to, entry >>> VALUE_SHIFT, true);
        to += entry >>> COUNT_SHIFT;
        at += entry & 31;
        continue;
      }
      word = source.getInt32(at >> 3, true) >>> (at & 7);
    }
    if ((entry & SPECIAL) !== 0) {
      if ((entry & SUBTABLE) !== 0) {
        const index = (word >>> literalBits) & ((1 << ((entry >>> CODE_SHIFT) & 15)) - 1);
        entry = literals[((entry >>> VALUE_SHIFT) & 0x7fff) + index];
        if (entry >= 0) {
          output[to++] = entry >>> VALUE_SHIFT;
          at += entry & 31;
          continue;
        }
      }
      if ((entry & SPECIAL) !== 0) {
        outcome = (entry & END_OF_BLOCK) !== 0 ? BLOCK_ENDS : BAD_CODE;
        at += entry & 31;
        break;
      }
    }
    const length =
      ((entry >>> VALUE_SHIFT) & 0x7fff) +
      ((word & ((1 << (entry & 31)) - 1)) >>> ((entry >>> CODE_SHIFT) & 15));
    at += entry & 31;

    word = source.getInt32(at >> 3, true) >>> (at & 7);
    entry = distances[word & ((1 << DISTANCE_BITS) - 1)];
    if ((entry & SPECIAL) !== 0) {
      if ((entry & SUBTABLE) !== 0) {
        const index = (word >>> DISTANCE_BITS) & ((1 << ((entry >>> CODE_SHIFT) & 15)) - 1);
        entry = distances[((entry >>> VALUE_SHIFT) & 0x7fff) + index];
      }
      if ((entry & SPECIAL) !== 0) {
        outcome = BAD_CODE;
        break;
      }
    }
    const codeBits = (entry >>> CODE_SHIFT) & 15;
    const extraBits = (entry & 31) - codeBits;
    at += codeBits;
    if ((entry & 31) <= 25) word >>>= codeBits;
    else word = source.getInt32(at >> 3, true) >>> (at & 7);
    at += extraBits;
    const distance = ((entry >>> VALUE_SHIFT) & 0x7fff) + (word & ((1 << extraBits) - 1));
    let from = to - distance;
    if (from < windowStart) {
      outcome = BAD_DISTANCE;
      break;
    }
    const end = to + length;
    if (distance < 8) {
      while (to < end) output[to++] = output[from++];
    } else if (hasNoNaN) {
      do {
        target.setFloat64(to, target.getFloat64(from, true), true);
        target.setFloat64(to + 8, target.getFloat64(from + 8, true), true);
        to += 16;
        from += 16;
      } while (to < end);
      to = end;
    } else {
      do {
        target.setInt32(to, target.getInt32(from, true), true);
        target.setInt32(to + 4, target.getInt32(from + 4, true), true);
        to += 8;
        from += 8;
      } while (to < end);
      to = end;
    }
  } while (at < bitLimit && to < limit);
  window.written = to;
  input.position = at >> 3;
  input.bit = at & 7;
  return outcome;
}
