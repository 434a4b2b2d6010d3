import type { ActivityTable } from './activityTable';

/** No minute: whose it is, is in no row. */
const NEVER = 0xffff_ffff;

/** When each caller and each error code of a table was there for the first time, in any API. */
export class FirstMinutes {
  /** By caller, and by the number of the error code's string: minutes since the epoch. */
  readonly callers: Uint32Array;
  readonly errorCodes: Uint32Array;

  constructor(private readonly table: ActivityTable) {
    this.callers = new Uint32Array(table.callers.userAgent.length).fill(NEVER);
    this.errorCodes = new Uint32Array(table.strings.length).fill(NEVER);
  }

  /** Takes in the rows [from, to) of the table. */
  add(from: number, to: number): void {
    const { caller, errorCode, minute } = this.table;
    const { callers, errorCodes } = this;
    for (let row = from; row < to; row++) {
      const at = minute[row];
      if (at < callers[caller[row]]) callers[caller[row]] = at;
      if (at < errorCodes[errorCode[row]]) errorCodes[errorCode[row]] = at;
    }
  }
}
