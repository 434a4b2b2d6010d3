import * as Byte from './byte';
import { Damages } from './damages';
import type { RecordSink } from './logScanner';
import { Pieces } from './pieces';
import { RecordFields } from './recordFields';
import { ValueSkipper } from './valueSkipper';
import { Wrappers } from './wrappers';

/** How far a file is scanned: its bytes and the place in them, the wrappers around that place, and what was found. */
export class FileScan {
  records = 0;
  strangers = 0;
  hasList = false;

  readonly pieces = new Pieces();
  readonly wrappers = new Wrappers();
  readonly damage = new Damages();
  readonly skipper = new ValueSkipper();
  /** Of the object read last. */
  readonly fields = new RecordFields();

  constructor(
    readonly sink: RecordSink,
    readonly largestRecord: number,
  ) {}

  /** Forgets the file before. */
  restart(): void {
    this.records = this.strangers = 0;
    this.hasList = false;
    this.wrappers.clear();
    this.damage.restart();
    this.pieces.restart();
    this.skipper.stop();
  }

  /** Where a value that begins at `start` ends at the latest. */
  limitFrom(start: number): number {
    return Math.min(this.pieces.end, start + this.largestRecord);
  }

  /** `fields` are of a record. */
  found(): void {
    this.records++;
    this.damage.mend();
    this.sink.record(this.fields);
  }

  /** A value ended before `after`. `isStranger`: a record should have stood there. */
  pass(after: number, isStranger: boolean): void {
    this.pieces.at = after;
    if (isStranger) this.strangers++;
    this.wrappers.valueDone();
  }

  /** Steps into the object or array at the place. */
  open(isArray: boolean, isList: boolean, atPlace: boolean): void {
    this.wrappers.open(isArray, isList, atPlace, this.records);
    this.pieces.at++;
  }

  /** Steps out of the innermost wrapper, whose end stands before `after`. */
  close(after: number): void {
    this.pass(after, this.wrappers.close(this.records));
  }

  /** Whether the object at the place, which is not all there, showed no sign of being a record. */
  opensWrapper(): boolean {
    const isObject = this.pieces.text.bytes[this.pieces.at] === Byte.openBrace;
    return isObject && this.fields.wrapping > 0 && !this.fields.isRecord() && this.wrappers.hasRoom;
  }

  /** `position`: in the bytes at hand. */
  damaged(position: number, reason: string): void {
    this.damage.add(this.pieces.base + position, reason);
  }
}
