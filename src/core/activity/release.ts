/**
 * Gives back the memory of columns that nobody reads any more. They are the larger part of what a worker holds, but to the
 * garbage collector small objects, which it leaves for long: only the worker itself can free them at once.
 */
export type Release = (columns: readonly ArrayBufferView[]) => void;

export const leaveToCollector: Release = () => {};
