import type { Progress } from '../../worker/client';

export const TAR_COMMAND = 'tar -cf trail.tar trail/';

/** So many files take Chromium a second to open, at 0.4 to 0.6 ms each: ten times what it takes to read a small one. */
const MANY_FILES = 2000;
/** Files larger than this take longer to read than to open. */
const SMALL_BYTES = 64 << 10;

/** Firefox opens a file in a quarter of the time; a folder costs it nothing worth a word. */
const opensSlowly = (userAgent: string): boolean => /Chrom(e|ium)\//.test(userAgent);

/** Whether what is read, or was read last, would be read much faster as one tar. */
export const wouldHelp = (
  { filesFound, filesRead, bytesRead }: Progress,
  userAgent: string,
): boolean =>
  opensSlowly(userAgent) &&
  filesFound >= MANY_FILES &&
  filesRead > 0 &&
  bytesRead / filesRead < SMALL_BYTES;
