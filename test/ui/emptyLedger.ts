import { NO_RECORDS, type Ledger } from '../../src/core/ledger';

/** Of an analysis that nothing was read into. */
export const EMPTY_LEDGER: Ledger = {
  files: { in: 0, read: 0, skipped: 0 },
  records: NO_RECORDS,
  bytes: { in: 0, unpacked: 0 },
  skipped: [],
  notes: [],
};
