import { type CallGroups, GroupColumn } from './callGroups';
import type { RowIndex } from './rowIndex';

/** Columns of the batch behind those of a group's row. */
const HIGH = 5;
const LOW = 6;
const WITH_ID = 7;
const WIDTH = 8;
const MOST = 64;

/**
 * Events that wait to be counted. Each needs memory at two places that nothing foresees, its group's and its id's; where
 * many are looked at before the first is counted, they wait for it together.
 */
export class EventBatch {
  private readonly rows = new Uint32Array(MOST * WIDTH);
  private end = 0;
  /** Of no meaning; kept, so that no engine leaves the loads out. One bit, since engines keep larger numbers elsewhere. */
  private lookedAt = 0;

  constructor(private readonly calls: CallGroups<RowIndex>) {}

  /** The columns of a group; the hash of the event's id, where it has one. */
  add(
    mark: number,
    api: number,
    minute: number,
    errorCode: number,
    caller: number,
    id: { readonly high: number; readonly low: number } | null,
  ): void {
    const { rows, end } = this;
    rows[end + GroupColumn.mark] = mark;
    rows[end + GroupColumn.api] = api;
    rows[end + GroupColumn.minute] = minute;
    rows[end + GroupColumn.errorCode] = errorCode;
    rows[end + GroupColumn.caller] = caller;
    rows[end + HIGH] = id === null ? 0 : id.high;
    rows[end + LOW] = id === null ? 0 : id.low;
    rows[end + WITH_ID] = id === null ? 0 : 1;
    this.end = end + WIDTH;
    if (this.end === rows.length) this.flush();
  }

  /** Counts all that wait, in the order they came. */
  flush(): void {
    const { rows, end, calls } = this;
    const { groups, ids } = calls;
    let lookedAt = 0;
    for (let at = 0; at < end; at += WIDTH) {
      lookedAt ^= groups.lookAt(rows, at) ^ ids.lookAt(rows[at + LOW]);
    }
    this.lookedAt = (this.lookedAt ^ lookedAt) & 1;
    for (let at = 0; at < end; at += WIDTH) {
      const group = groups.indexOf(rows, at);
      if (rows[at + WITH_ID] === 0) calls.add(group, 1);
      else calls.addEvent(group, rows[at + HIGH] | 0, rows[at + LOW] | 0);
    }
    this.end = 0;
  }
}
