/** Takes the bytes of one file or one layer of packing, in order. */
export interface ByteReceiver {
  /** bytes[start, end) come next; valid only during the call. */
  push(bytes: Uint8Array, start: number, end: number): void;
  /** No more bytes. `damage`: what the layers outside found wrong, in words, or null. */
  finish(damage: string | null): void;
}

/** Where contents go that nobody needs. */
export const NOWHERE: ByteReceiver = { push: () => {}, finish: () => {} };

export type UnreadableReason = 'encrypted' | 'damaged' | 'too large' | 'not a log file';

/** Takes the members of an archive, one after the other: one is finished before the next begins. */
export interface MemberReceiver {
  /** A member begins; its name as the archive spells it. */
  member(name: string): ByteReceiver;
  /** A member that cannot be read. `name` is '' for a damaged stretch that belongs to no known member. */
  skip(name: string, reason: UnreadableReason, detail: string): void;
  /** The archive ended. */
  end(): void;
}

/** Two findings in one sentence; null when there is neither. */
export function joinDamage(first: string | null, second: string | null): string | null {
  if (first === null || second === null) return first ?? second;
  return `${first}; ${second}`;
}
