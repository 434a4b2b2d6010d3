import * as Byte from './byte';
import type { FileScan } from './fileScan';
import type { MalformedJson } from './json';
import { scanObject, WRAPPER } from './scanObject';

/** How scanning goes on behind bytes that are not JSON, values too large to be kept, and the end of a file cut short. */
export class Recovery {
  /** Whether the place is behind damage, and what stands there is no longer read as JSON. */
  isSearching = false;

  constructor(private readonly scan: FileScan) {}

  /** Forgets the file before. */
  restart(): void {
    this.isSearching = false;
  }

  /** Behind damage: the next `{` that begins a whole record. */
  search(): void {
    const { scan } = this;
    const { pieces } = scan;
    const open = pieces.text.bytes.subarray(0, pieces.end).indexOf(Byte.openBrace, pieces.at);
    pieces.at = open < 0 ? pieces.end : open;
    if (open < 0) return;
    const after = scanObject(pieces.text, open, scan.limitFrom(open), scan.fields);
    scan.hasList ||= after === WRAPPER;
    const isRecord = after !== WRAPPER && scan.fields.isRecord();
    if (isRecord) scan.found();
    pieces.at = isRecord ? after : open + 1;
  }

  settleMalformed({ position, expected }: MalformedJson): void {
    this.scan.damaged(position, `expected ${expected}`);
    if (this.isSearching) this.searchOn(position);
    this.isSearching = true;
    this.scan.wrappers.clear();
  }

  /** Whether to go on although a value is not all there. `isLast`: nor will it be. */
  settleIncomplete(isLast: boolean): boolean {
    const { pieces, largestRecord } = this.scan;
    const isTooLarge = pieces.end - pieces.at >= largestRecord;
    if (!isTooLarge && !isLast) return false;
    if (this.isSearching) this.searchOn(this.scan.limitFrom(pieces.at));
    else if (isTooLarge) this.settleTooLarge();
    else this.settleTruncated();
    return true;
  }

  /** Goes on after a `{` that began no record, unless the file has cost too much already. */
  private searchOn(position: number): void {
    const { pieces, damage, skipper } = this.scan;
    const { at, base } = pieces;
    if (damage.lookedInVain(position - at, base + at)) {
      damage.mend();
      this.scan.damaged(at, 'too much damage to look for records behind it');
      skipper.skipRest();
    }
    pieces.at++;
  }

  private settleTooLarge(): void {
    const { scan } = this;
    if (scan.opensWrapper()) return scan.open(false, false, false);
    scan.damaged(scan.pieces.at, `a value larger than ${scan.largestRecord} bytes was skipped`);
    scan.damage.mend();
    scan.strangers++;
    scan.skipper.start();
  }

  private settleTruncated(): void {
    const { scan } = this;
    const { pieces } = scan;
    const rest = pieces.text.bytes.subarray(pieces.at, pieces.end);
    const isSpace = rest.every((byte) => byte <= Byte.space);
    if (!isSpace && scan.opensWrapper()) return scan.open(false, false, false);
    if (!isSpace) {
      scan.damaged(pieces.at, 'the file ends inside this value');
      scan.wrappers.clear();
    }
    pieces.at = pieces.end;
  }
}
