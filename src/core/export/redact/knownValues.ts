/** Runs of letters and digits: a value is found only between the borders of such runs. */
const RUN = /[\p{L}\p{N}]+/gu;
const STARTS_IN_RUN = /^[\p{L}\p{N}]/u;
const ENDS_IN_RUN = /[\p{L}\p{N}]$/u;

interface Known {
  /** Punctuation before the first run, and the value from there on. */
  readonly prefix: string;
  readonly needle: string;
  readonly replacement: string;
}

/** Many values, found in text in one pass: `alice` in `user/alice.` but not in `malice`; the longest of several. */
export class KnownValues {
  private readonly whole = new Map<string, string>();
  private readonly byFirstRun = new Map<string, Known[]>();

  /** `replacements`: what stands for each value. */
  constructor(replacements: Iterable<readonly [value: string, replacement: string]>) {
    for (const [value, replacement] of replacements) this.add(value, replacement);
    for (const known of this.byFirstRun.values()) {
      known.sort((a, b) => b.needle.length - a.needle.length);
    }
  }

  /** The text with every known value replaced. */
  replaceIn(text: string): string {
    const whole = this.whole.get(text);
    if (whole !== undefined) return whole;
    let replaced = '';
    let done = 0;
    RUN.lastIndex = 0;
    for (let run = RUN.exec(text); run !== null; run = RUN.exec(text)) {
      const known = this.at(text, run.index, run[0]);
      if (known === undefined) continue;
      const { prefix, needle, replacement } = known;
      const before = text.slice(done, run.index);
      const kept = before.endsWith(prefix) ? before.length - prefix.length : before.length;
      replaced += before.slice(0, kept) + replacement;
      done = run.index + needle.length;
      RUN.lastIndex = done;
    }
    return replaced + text.slice(done);
  }

  isIn(text: string): boolean {
    return this.replaceIn(text) !== text;
  }

  private at(text: string, index: number, run: string): Known | undefined {
    const known = this.byFirstRun
      .get(run)
      ?.find(
        ({ needle }) => text.startsWith(needle, index) && endsAtBorder(text, index + needle.length),
      );
    return known ?? this.digitsIn(run);
  }

  /** An account id may stand right behind letters, as in `logs123456789012`. */
  private digitsIn(run: string): Known | undefined {
    const account = /(?<!\d)\d{12}(?!\d)/.exec(run)?.[0];
    const replacement = account === undefined ? undefined : this.whole.get(account);
    if (account === undefined || replacement === undefined) return undefined;
    return { prefix: '', needle: run, replacement: run.replace(account, replacement) };
  }

  private add(value: string, replacement: string): void {
    this.whole.set(value, replacement);
    RUN.lastIndex = 0;
    const first = RUN.exec(value);
    if (first === null) return;
    const known = {
      prefix: value.slice(0, first.index),
      needle: value.slice(first.index),
      replacement,
    };
    const others = this.byFirstRun.get(first[0]);
    if (others === undefined) this.byFirstRun.set(first[0], [known]);
    else others.push(known);
  }
}

/** Where punctuation stands on either side of it. */
const endsAtBorder = (text: string, end: number): boolean =>
  !ENDS_IN_RUN.test(text.slice(Math.max(0, end - 2), end)) ||
  !STARTS_IN_RUN.test(text.slice(end, end + 2));
