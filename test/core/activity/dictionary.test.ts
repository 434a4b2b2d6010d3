import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toByteText } from '../../../src/core/activity/byteText';
import { Dictionary, LONGEST_STRING } from '../../../src/core/activity/dictionary';
import { decodeUtf8, encodeUtf8 } from '../../../src/core/activity/utf8';

const anyText = fc.string({ unit: 'binary', maxLength: 50 });
const wellFormed = (text: string) =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(text));

describe('a dictionary', () => {
  it('gives equal texts one number and different texts different ones', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 3000 }), (texts) => {
        const dictionary = new Dictionary();
        const numbers = texts.map((text) => dictionary.internText(text));
        expect(numbers.map((ref) => dictionary.text(ref))).toEqual(texts.map(wellFormed));
        expect(new Set(numbers).size).toBe(new Set(texts.map(wellFormed)).size);
      }),
      { numRuns: 50 },
    );
  });

  it('takes values from anywhere in the bytes, and the empty one is 0', () => {
    const bytes = new TextEncoder().encode('xus-east-1yus-east-1');
    const dictionary = new Dictionary();
    const ref = dictionary.intern(toByteText(bytes), 1, 10);
    expect(dictionary.intern(toByteText(bytes), 11, 20)).toBe(ref);
    expect(dictionary.text(ref)).toBe('us-east-1');
    expect(dictionary.intern(toByteText(bytes), 5, 5)).toBe(0);
  });

  it('cuts what is longer than any CloudTrail member, at a whole character', () => {
    const dictionary = new Dictionary();
    for (const long of ['a'.repeat(5000), '😀'.repeat(500), `a${'😀'.repeat(500)}`]) {
      const text = dictionary.text(dictionary.internText(long));
      expect(text.endsWith('…')).toBe(true);
      expect(long.startsWith(text.slice(0, -1))).toBe(true);
      const length = new TextEncoder().encode(text).length;
      expect(length).toBeLessThanOrEqual(LONGEST_STRING);
      expect(length).toBeGreaterThan(LONGEST_STRING - 4);
    }
    const whole = 'a'.repeat(LONGEST_STRING);
    expect(dictionary.text(dictionary.internText(whole))).toBe(whole);
  });
});

describe('UTF-8', () => {
  it('is encoded as TextEncoder does, lone surrogates included', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'é', '漢', '😀', '\ud800', '\udc00') }),
        (text) => {
          expect(encodeUtf8(text)).toEqual(new TextEncoder().encode(text));
        },
      ),
    );
  });

  it('is decoded as TextDecoder does, and bytes that are none become U+FFFD', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const bytes = new TextEncoder().encode(text);
        expect(decodeUtf8(bytes, 0, bytes.length)).toBe(wellFormed(text));
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const isValid = !new TextDecoder().decode(bytes).includes('\ufffd');
        const decoded = decodeUtf8(bytes, 0, bytes.length);
        expect(decoded.includes('\ufffd')).toBe(!isValid);
      }),
    );
  });
});
