/** `hits.hits[]._source.aws.cloudtrail` takes six; bounds the work, since each wrapper is read once more as such. */
const DEEPEST = 10;

type Expected = 'first' | 'next' | 'value' | 'separator';

/** An object or array around records, read member by member as its bytes come. */
export interface Wrapper {
  readonly isArray: boolean;
  expected: Expected;
  /** Whether its elements should be records. */
  readonly isList: boolean;
  /** Whether it stands where a record should. */
  readonly atPlace: boolean;
  /** Whether the member being read is a list of records by its name. */
  namesList: boolean;
  holdsList: boolean;
  readonly recordsBefore: number;
}

/** The wrappers around the place being read, the innermost last. */
export class Wrappers {
  private stack: Wrapper[] = [];

  get isEmpty(): boolean {
    return this.stack.length === 0;
  }

  /** Whether another one may be opened. */
  get hasRoom(): boolean {
    return this.stack.length < DEEPEST;
  }

  /** There must be one. */
  get innermost(): Wrapper {
    return this.stack[this.stack.length - 1];
  }

  clear(): void {
    this.stack = [];
  }

  /** `records`: found so far. */
  open(isArray: boolean, isList: boolean, atPlace: boolean, records: number): void {
    this.stack.push({
      isArray,
      isList: isArray && isList,
      atPlace,
      expected: 'first',
      namesList: false,
      holdsList: isArray,
      recordsBefore: records,
    });
  }

  /** Closes the innermost; whether it stood in the place of a record and held none. */
  close(records: number): boolean {
    const { atPlace, holdsList, recordsBefore } = this.stack.pop()!;
    return atPlace && !holdsList && records === recordsBefore;
  }

  /** A value of the innermost ended. */
  valueDone(): void {
    if (!this.isEmpty) this.innermost.expected = 'separator';
  }
}
