export const PART_LOST =
  'This page could not load a part of itself: what served it may be gone. Once that is back, reload the page.';

/** A part of the page's code cannot be had, and nothing was begun without it. */
export class PartLost extends Error {
  override readonly name = 'PartLost';

  constructor(cause: unknown) {
    super(PART_LOST, { cause });
  }
}

/** Also of one that came from a worker, which keeps no more than its name and words. */
export const isPartLost = (reason: unknown): boolean =>
  reason instanceof Error && reason.name === 'PartLost';
