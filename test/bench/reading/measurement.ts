/** What one run of one contestant took. */
export interface Measurement {
  /** From having the files to having the minute counts. */
  readonly wallMs: number;
  readonly cpuMs: number;
  /** The minute counts, where this run was asked for them. */
  readonly counts?: Counts;
  /** Further numbers, printed as they are. */
  readonly notes?: Readonly<Record<string, number>>;
}

/** Something that reads a corpus. `verify` asks for the counts as well, outside the measured time. */
export interface Contestant {
  readonly name: string;
  run(verify: boolean): Promise<Measurement>;
  close?(): Promise<void>;
}

/** Minute counts reduced to what must agree. */
export interface Counts {
  readonly rows: number;
  readonly calls: number;
  readonly sha256: string;
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};
