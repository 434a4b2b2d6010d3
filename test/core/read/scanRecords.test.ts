import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanText } from './support';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const scan = (text: string, pieceLength?: number, largestRecord?: number) =>
  scanText(encode(text), pieceLength, largestRecord);

type Value = null | boolean | number | string | Value[] | { [name: string]: Value };

const MEMBERS = [
  'eventVersion',
  'eventTime',
  'eventSource',
  'eventName',
  'awsRegion',
  'eventID',
  'eventType',
  'eventCategory',
];
const IDENTITY = { type: 'identityType', arn: 'identityArn', accountId: 'identityAccountId' };
const REST = ['recipientAccountId', 'readOnly', 'managementEvent', 'errorCode', 'userAgent'];

const isObject = (value: Value): value is { [name: string]: Value } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isScalar = (value: Value | undefined): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);
const wellFormed = (text: string): string => new TextDecoder().decode(encode(text));

/** Slow and obvious: the records in a parsed value, by the fields the scanner gives. */
function recordsIn(value: Value): Record<string, string>[] {
  if (Array.isArray(value)) return value.flatMap(recordsIn);
  if (!isObject(value)) return [];
  if (MEMBERS.filter((name) => isScalar(value[name])).length < 3) {
    return Object.values(value).flatMap(recordsIn);
  }
  const entries = [...MEMBERS, ...REST].map((name) => [name, value[name]] as const);
  const identity = isObject(value.userIdentity) ? value.userIdentity : {};
  const inner = Object.entries(IDENTITY).map(([name, field]) => [field, identity[name]] as const);
  const present = [...entries, ...inner].filter(([, held]) => isScalar(held));
  return [Object.fromEntries(present.map(([name, held]) => [name, wellFormed(String(held))]))];
}

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({
    unit: fc.constantFrom('"', '\\', '\n', '\u0001', 'é', '😀', '\ud800', 'u', 'a'),
    maxLength: 30,
  }),
);
/** Integers, since `String` and JSON spell other numbers in more than one way. */
const scalar = fc.oneof(text, fc.boolean(), fc.constant(null), fc.integer());
const anything = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.oneof(text, fc.constantFrom(...MEMBERS, 'Records', 'arn', '__proto__')),
      tie('value'),
      {
        maxKeys: 4,
        noNullPrototype: false,
      },
    ),
  ),
})).value;
const harmless = anything.filter((value) => recordsIn(value).length === 0 && !holdsList(value));

/** A list by name is read as a list even inside what would else be a record. */
function holdsList(value: Value): boolean {
  if (Array.isArray(value)) return value.some(holdsList);
  if (!isObject(value)) return false;
  return Object.entries(value).some(([name, held]) => name === 'Records' || holdsList(held));
}

const record = fc
  .tuple(
    fc.record(Object.fromEntries([...MEMBERS, ...REST].map((name) => [name, scalar])), {
      requiredKeys: [],
    }),
    fc.record({ eventVersion: text, eventName: text, eventID: text }),
    fc.record(
      {
        userIdentity: fc.oneof(
          scalar,
          fc.record(
            { type: scalar, arn: scalar, accountId: scalar, other: harmless },
            { requiredKeys: [] },
          ),
        ),
        requestParameters: harmless,
        responseElements: harmless,
      },
      { requiredKeys: [] },
    ),
  )
  .chain(([some, required, nested]) => {
    const all = Object.entries({ ...some, ...required, ...nested });
    return fc
      .shuffledSubarray(all, { minLength: all.length })
      .map((each) => Object.fromEntries(each));
  }) as fc.Arbitrary<Value>;

/** Writes JSON with white space and escapes wherever JSON allows them, by the choices given. */
function writeOddly(value: Value, choices: number[]): string {
  let next = 0;
  const choice = () => choices[next++ % choices.length];
  const space = () => ['', '', ' ', '\n\t', '\r\n  '][choice() % 5];
  const string = (held: string) =>
    choice() % 3 > 0
      ? JSON.stringify(held)
      : `"${Array.from({ length: held.length }, (_, i) => `\\u${held.charCodeAt(i).toString(16).padStart(4, '0')}`).join('')}"`;
  const write = (held: Value): string => {
    if (typeof held === 'string') return string(held);
    if (Array.isArray(held))
      return `[${space()}${held.map(write).join(`${space()},${space()}`)}${space()}]`;
    if (!isObject(held)) return JSON.stringify(held);
    const members = Object.entries(held).map(
      ([name, inner]) => `${string(name)}${space()}:${space()}${write(inner)}`,
    );
    return `{${space()}${members.join(`${space()},${space()}`)}${space()}}`;
  };
  return `${space()}${write(value)}${space()}`;
}

const choices = fc.array(fc.nat(1000), { minLength: 1, maxLength: 20 });
const trail = fc
  .tuple(fc.array(record, { maxLength: 4 }), harmless, choices)
  .map(([records, beside, odd]) => {
    const written = writeOddly({ beside, Records: records, after: beside }, odd);
    return { written, expected: recordsIn(JSON.parse(written) as Value) };
  });

describe('the record scanner', () => {
  it('finds the records that JSON.parse finds, in any member order, spacing and spelling', () => {
    fc.assert(
      fc.property(trail, ({ written, expected }) => {
        const { records, damages } = scan(written);
        expect(damages).toEqual([]);
        expect(records).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('finds the same in pieces of any length, down to single bytes', () => {
    fc.assert(
      fc.property(trail, fc.integer({ min: 1, max: 200 }), ({ written }, pieceLength) => {
        const whole = scan(written);
        expect(scan(written, pieceLength)).toEqual(whole);
        expect(scan(written, 1)).toEqual(whole);
      }),
      { numRuns: 200 },
    );
  });

  it('accepts no text that JSON.parse rejects, whatever byte is changed, and rejects none it accepts', () => {
    const change = fc.record({
      at: fc.nat(),
      byte: fc.constantFrom(...'"\\{}[]:,\u0000 \n0-.eEtfnux9'),
      isInsert: fc.boolean(),
    });
    fc.assert(
      fc.property(trail, change, ({ written }, { at, byte, isInsert }) => {
        // Not before the first brace: text in front of JSON is what log exports put there.
        const place =
          written.indexOf('{') + 1 + (at % (written.trimEnd().length - 1 - written.indexOf('{')));
        const changed =
          written.slice(0, place) + byte + written.slice(isInsert ? place : place + 1);
        const isJson = parses(changed);
        const { damages, textLines, records } = scan(changed);
        if (!isJson) expect(damages.length + textLines).toBeGreaterThan(0);
        else if (!holdsQuotedJson(changed)) {
          expect(damages).toEqual([]);
          expect(records.map(withPlainNumbers)).toEqual(
            recordsIn(JSON.parse(changed) as Value).map(withPlainNumbers),
          );
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('names the damage of a trail cut at any byte, and keeps all records before the cut', () => {
    const whole = JSON.stringify({ Records: [sampleRecord(1), sampleRecord(2), sampleRecord(3)] });
    const ends = [1, 2, 3].map(
      (n) =>
        whole.indexOf(JSON.stringify(sampleRecord(n))) + JSON.stringify(sampleRecord(n)).length,
    );
    for (let cut = 1; cut < whole.length; cut++) {
      const { records, damages } = scan(whole.slice(0, cut));
      expect(damages.length).toBe(1);
      expect(records.length).toBe(ends.filter((end) => end <= cut).length);
    }
  });

  it('goes on behind damage at the next whole record', () => {
    const [one, two, three] = [1, 2, 3].map((n) => JSON.stringify(sampleRecord(n)));
    const broken = two.replace('"eventName":', '"eventName"');
    const { records, damages } = scan(`{"Records":[${one},${broken},${three}]}`);
    expect(records.map(({ eventID }) => eventID)).toEqual(['id-1', 'id-3']);
    expect(damages.length).toBe(1);
    expect(damages[0].reason).toContain('":"');
    const offset =
      `{"Records":[${one},`.length + broken.indexOf('"eventName"') + '"eventName"'.length;
    expect(damages[0].offset).toBe(offset);
  });

  it('skips a record that is larger than any can be, and says so, in pieces of any length alike', () => {
    const huge = { ...sampleRecord(2), requestParameters: { text: 'x'.repeat(5000) } };
    const written = JSON.stringify({ Records: [sampleRecord(1), huge, sampleRecord(3)] });
    const whole = scan(written, Infinity, 4096);
    expect(whole.records.map(({ eventID }) => eventID)).toEqual(['id-1', 'id-3']);
    expect(whole.strangers).toBe(1);
    expect(whole.damages[0].reason).toContain('larger than 4096 bytes');
    for (const pieceLength of [1, 7, 4095, 4097]) {
      expect(scan(written, pieceLength, 4096)).toEqual(whole);
    }
  });

  it('finds records in a wrapper of any name that is larger than any record', () => {
    const written = JSON.stringify({
      padding: ['x'.repeat(5000)],
      rows: [sampleRecord(1), sampleRecord(2)],
    });
    expect(scan(written, Infinity, 4096).records.length).toBe(2);
    expect(scan(written, 300, 4096).records.length).toBe(2);
  });

  it('is not led astray by hostile nesting', () => {
    for (const hostile of ['['.repeat(20_000), '{"a":'.repeat(20_000), '{'.repeat(20_000)]) {
      const { records, damages } = scan(hostile);
      expect(records).toEqual([]);
      expect(damages.length).toBeGreaterThan(0);
    }
  });
});

const sampleRecord = (n: number) => ({
  eventVersion: '1.08',
  eventTime: '2026-01-31T23:59:07Z',
  eventSource: 'ssm.amazonaws.com',
  eventName: 'PutParameter',
  requestParameters: { eventName: 'Nested', description: 'a "quoted" {brace' },
  eventID: `id-${n}`,
});

/** `1e2` and `100` are one number. */
const withPlainNumbers = (fields: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, text]) => [
      name,
      /^-?\d/.test(text) && !Number.isNaN(Number(text)) ? String(Number(text)) : text,
    ]),
  );

function parses(written: string): boolean {
  try {
    JSON.parse(written);
    return true;
  } catch {
    return false;
  }
}
/** Text of a string that is JSON in turn is looked into, which the oracle does not do. */
const holdsQuotedJson = (written: string): boolean => /"(?:\\|\s*[{[])/.test(written);
