import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWordStart, search } from '../../../src/ui/palette/fuzzy';

const entry = (text: string) => ({ text, lower: text.toLowerCase() });
const found = (query: string, ...texts: string[]) =>
  search(texts.map(entry), query).map(({ text }) => text);

describe('search', () => {
  const put = 'PutParameter ssm · us-east-1';
  const update = 'UpdateInstanceInformation ssm · us-east-1';
  const deputy = 'CreateDeputy ssm · eu-west-1';

  it('without a query finds everything, in its order', () => {
    expect(found(' ', put, update)).toEqual([put, update]);
  });

  it('puts the start of a name above the middle of one', () => {
    expect(found('put', deputy, put)).toEqual([put, deputy]);
  });

  it('wants every word, wherever it stands', () => {
    expect(found('us-east put', deputy, update, put)).toEqual([put]);
  });

  it('finds a name by the letters its words begin with', () => {
    expect(found('uii', put, update)).toEqual([update]);
  });

  it('knows where words begin', () => {
    const text = 'PutParameter us-east';
    const starts = Array.from(text, (_, at) => at).filter((at) => isWordStart(text, at));
    expect(starts).toEqual([0, 3, 13, 16]);
  });

  it('finds what holds the query as it is, and only what has its letters in order', () => {
    const letters = fc.stringMatching(/^[a-z]{1,6}$/);
    const has = (text: string, query: string) => {
      let at = -1;
      return [...query].every((letter) => (at = text.indexOf(letter, at + 1)) >= 0);
    };
    fc.assert(
      fc.property(letters, fc.array(fc.stringMatching(/^[A-Za-z -]{1,20}$/)), (query, texts) => {
        const hits = found(query, ...texts);
        for (const text of texts) {
          const lower = text.toLowerCase();
          if (lower.includes(query)) expect(hits).toContain(text);
          if (!has(lower, query)) expect(hits).not.toContain(text);
        }
      }),
    );
  });
});
