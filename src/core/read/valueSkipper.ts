import * as Byte from './byte';

/** Skips one JSON value whose bytes come in pieces, without keeping any: for values too large to be looked at. */
export class ValueSkipper {
  isActive = false;
  private depth = 0;
  private inString = false;
  private isEscaped = false;
  private toTheEnd = false;

  /** The next byte skipped begins a value: an object, an array, a string. */
  start(): void {
    this.stop();
    this.isActive = true;
  }

  /** Skips all that comes. */
  skipRest(): void {
    this.isActive = this.toTheEnd = true;
  }

  stop(): void {
    this.isActive = this.inString = this.isEscaped = this.toTheEnd = false;
    this.depth = 0;
  }

  /** The position after the value, or `end` when it goes on. */
  skip(bytes: Uint8Array, at: number, end: number): number {
    if (this.toTheEnd) return end;
    while (at < end && this.isActive) this.take(bytes[at++]);
    return at;
  }

  private take(byte: number): void {
    if (this.isEscaped) this.isEscaped = false;
    else if (byte === Byte.backslash) this.isEscaped = this.inString;
    else if (byte === Byte.quote) this.inString = !this.inString;
    else if (!this.inString && (byte === Byte.openBrace || byte === Byte.openBracket)) this.depth++;
    else if (!this.inString && (byte === Byte.closeBrace || byte === Byte.closeBracket))
      this.depth--;
    this.isActive = this.inString || this.depth > 0;
  }
}
