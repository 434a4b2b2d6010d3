import { DATA_DESCRIPTOR, u32, u64 } from './zip';

/** Signature, CRC-32 and two 64-bit sizes. */
export const MAX_DESCRIPTOR = 24;
/** Where its CRC-32 lies, and bytes of each size: with or without a signature, 64 or 32 bits. */
const FORMS = [
  [4, 8],
  [4, 4],
  [0, 8],
  [0, 4],
];

/** What stands behind data whose length their header did not tell. */
interface Descriptor {
  readonly length: number;
  /** How the data differ from it; null where they do not. */
  readonly damage: string | null;
}

/**
 * The descriptor at the beginning of `bytes`, of which `fill` are there, behind `taken` compressed bytes: of the forms it
 * may have the one that is right about the data, else the first that fits. Null when none does.
 */
export function findDescriptor(
  bytes: Uint8Array,
  fill: number,
  taken: number,
  verify: (crc: number, size: number) => string | null,
): Descriptor | null {
  let found: Descriptor | null = null;
  for (const [at, wide] of FORMS) {
    const read = wide === 4 ? u32 : u64;
    const isSigned = at === 0 || u32(bytes, 0) === DATA_DESCRIPTOR;
    const length = at + 4 + 2 * wide;
    if (!isSigned || length > fill || read(bytes, at + 4) !== taken) continue;
    const damage = verify(u32(bytes, at), read(bytes, at + 4 + wide));
    if (damage === null) return { length, damage };
    found ??= { length, damage };
  }
  return found;
}
