/** First and last minute, both inclusive, of the events of one account and Region in some of the bytes read. */
export interface ScopeSpan {
  readonly recipientAccountId: string;
  readonly awsRegion: string;
  readonly first: number;
  readonly last: number;
}

interface Span {
  readonly account: number;
  readonly region: number;
  first: number;
  last: number;
}

/** Numbers of strings stay far below this; the product of two is still an exact integer. */
const STRINGS = 2 ** 26;

/** Notes from when to when events are, by account and Region, so that their bytes can be found again. */
export class ScopeSpans {
  private spans = new Map<number, Span>();
  private current: Span = NO_SPAN;

  /** Numbers of strings; minutes since the epoch. */
  add(account: number, region: number, minute: number): void {
    let span = this.current;
    if (span.account !== account || span.region !== region) {
      span = this.current = this.find(account, region, minute);
    }
    if (minute < span.first) span.first = minute;
    if (minute > span.last) span.last = minute;
  }

  /** What was noted since the last time. */
  take(text: (ref: number) => string): ScopeSpan[] {
    const taken = [...this.spans.values()];
    this.spans = new Map();
    this.current = NO_SPAN;
    return taken.map(({ account, region, first, last }) => ({
      recipientAccountId: text(account),
      awsRegion: text(region),
      first,
      last,
    }));
  }

  private find(account: number, region: number, minute: number): Span {
    const key = account * STRINGS + region;
    let span = this.spans.get(key);
    if (span === undefined) {
      span = { account, region, first: minute, last: minute };
      this.spans.set(key, span);
    }
    return span;
  }
}

const NO_SPAN: Span = { account: -1, region: -1, first: Infinity, last: -Infinity };
