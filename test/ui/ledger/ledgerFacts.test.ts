import { describe, expect, it } from 'vitest';
import type { Ledger, SkippedFile } from '../../../src/core/ledger';
import { lossWords } from '../../../src/ui/ledger/ledgerFacts';
import { EMPTY_LEDGER } from '../emptyLedger';

const skipped = (name: string, reason: SkippedFile['reason'], detail: string): SkippedFile => ({
  name,
  reason,
  detail,
});
const PICTURE = skipped('logs/pic.png', 'not a log file', 'holds no CloudTrail record');
const SECRET = skipped('logs/secret.zip/trail.json', 'encrypted', 'protected by a password');
const DIGEST = skipped('logs/digest.json', 'digest file', 'holds hashes of log files, no events');
const CUT = { name: 'logs/a.json.gz', detail: 'compressed data cut off at byte 4449' };

const wordsOf = (ledger: Partial<Ledger>): string[] =>
  lossWords({ ...EMPTY_LEDGER, files: { in: 7, read: 2, skipped: 5 }, ...ledger });

describe('what went wrong with files', () => {
  it('is nothing where all were read; digest files are no news', () => {
    expect(wordsOf({ skipped: [DIGEST] })).toEqual([]);
  });

  it('names the file and what is wrong with it where it is one', () => {
    expect(wordsOf({ skipped: [SECRET, PICTURE, DIGEST], notes: [CUT] })).toEqual([
      'secret.zip/trail.json could not be read: protected by a password.',
      'logs/a.json.gz could be read only in part: compressed data cut off at byte 4449.',
      'logs/pic.png is no CloudTrail log: holds no CloudTrail record.',
    ]);
  });

  it('counts the files where they are many', () => {
    expect(
      wordsOf({ skipped: [SECRET, SECRET, PICTURE, PICTURE, PICTURE], notes: [CUT, CUT] }),
    ).toEqual([
      '2 of 7 files could not be read.',
      '2 of 7 files could be read only in part.',
      '3 of 7 files are no CloudTrail logs.',
    ]);
  });

  it('leaves out what a person stopped: the notice says that by itself', () => {
    const stopped = { name: 'b.json', detail: 'at byte 12: reading was stopped' };
    expect(wordsOf({ notes: [stopped] })).toEqual([]);
  });
});
