/**
 * Twice the slots of an open-addressing table. A slot is a pair, the hash of an entry and its number, 0 where the slot is
 * free: one look at memory tells most entries apart, and moving them needs nothing else.
 */
export function rehashed(slots: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(slots.length * 2);
  const mask = larger.length - 2;
  for (let from = 0; from < slots.length; from += 2) {
    if (slots[from + 1] === 0) continue;
    let slot = slots[from] & mask;
    while (larger[slot + 1] !== 0) slot = (slot + 2) & mask;
    larger[slot] = slots[from];
    larger[slot + 1] = slots[from + 1];
  }
  return larger;
}
