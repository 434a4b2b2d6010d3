import { describe, expect, it } from 'vitest';
import { wouldHelp } from '../../../src/ui/intake/tarHint';

const CHROMIUM =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36';
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0';

const progressOf = (filesFound: number, filesRead: number, bytesEach: number) => ({
  phase: 'reading' as const,
  filesFound,
  listed: true,
  filesRead,
  bytesRead: filesRead * bytesEach,
  events: 0,
  eventsPerSecond: 0,
  secondsLeft: null,
  fraction: null,
});

describe('a tar instead of the folder', () => {
  it('is recommended where thousands of small files are opened slowly', () => {
    expect(wouldHelp(progressOf(6000, 100, 21_000), CHROMIUM)).toBe(true);
    expect(wouldHelp(progressOf(6000, 100, 21_000), FIREFOX)).toBe(false);
  });

  it('is not recommended for few files, large files, or before any was read', () => {
    expect(wouldHelp(progressOf(1999, 100, 21_000), CHROMIUM)).toBe(false);
    expect(wouldHelp(progressOf(6000, 100, 500_000), CHROMIUM)).toBe(false);
    expect(wouldHelp(progressOf(6000, 0, 0), CHROMIUM)).toBe(false);
  });
});
