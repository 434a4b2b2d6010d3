import { type ByteText, grown, toByteText } from '../activity/byteText';
import * as Byte from './byte';

const CELLS = 64;

/** Takes rows; cells are valid during the call only. */
export interface RowSink {
  /** `cells`: how many. Cell `i` is [starts[i], ends[i]) of `text`, unquoted. */
  row(text: ByteText, cells: number, starts: Uint32Array, ends: Uint32Array): void;
  tooLarge(offset: number): void;
}

/** Splits CSV (RFC 4180) in bytes, cut anywhere, into rows: quoted cells hold separators, line ends and doubled quotes. */
export class CsvRows {
  private row = toByteText(new Uint8Array(1 << 12));
  private length = 0;
  private starts = new Uint32Array(CELLS);
  private ends = new Uint32Array(CELLS);
  private cells = 0;
  private cellStart = 0;
  private isQuoted = false;
  private sawQuote = false;
  private isTooLarge = false;
  private rowOffset = 0;
  private offset = 0;

  /** `separator`: a byte. Rows larger than `largest` bytes are left out. */
  constructor(
    private readonly sink: RowSink,
    private readonly separator: number,
    private readonly largest: number,
  ) {}

  push(bytes: Uint8Array, start: number, end: number): void {
    for (let at = start; at < end; at++) this.take(bytes[at]);
  }

  /** The file ends here. Returns whether it ended inside quotes. */
  finish(): boolean {
    const isBroken = this.isQuoted && !this.sawQuote;
    if (this.length > 0 || this.cells > 0) this.endRow();
    return isBroken;
  }

  private take(byte: number): void {
    this.offset++;
    if (this.isQuoted && !this.sawQuote) {
      if (byte === Byte.quote) this.sawQuote = true;
      else this.keep(byte);
    } else if (byte === Byte.quote) {
      if (this.sawQuote) this.keep(byte);
      this.isQuoted = true;
      this.sawQuote = false;
    } else if (byte === this.separator) this.endCell();
    else if (byte === Byte.lineFeed) this.endRow();
    else if (byte !== Byte.carriageReturn) this.keep(byte);
  }

  private keep(byte: number): void {
    if (this.length >= this.largest) this.isTooLarge = true;
    if (this.isTooLarge) return;
    if (this.length === this.row.bytes.length)
      this.row = toByteText(grown(this.row.bytes, this.length + 1));
    this.row.bytes[this.length++] = byte;
  }

  private endCell(): void {
    this.isQuoted = this.sawQuote = false;
    this.starts = grown(this.starts, this.cells + 1);
    this.ends = grown(this.ends, this.cells + 1);
    this.starts[this.cells] = this.cellStart;
    this.ends[this.cells] = this.length;
    this.cells++;
    this.cellStart = this.length;
  }

  private endRow(): void {
    this.endCell();
    const isBlank = this.cells === 1 && this.length === 0;
    if (this.isTooLarge) this.sink.tooLarge(this.rowOffset);
    else if (!isBlank) this.sink.row(this.row, this.cells, this.starts, this.ends);
    this.length = this.cells = this.cellStart = 0;
    this.isTooLarge = false;
    this.rowOffset = this.offset;
  }
}
