/** A shared file shows itself in its first record, or right behind its empty list of records. */
const HEAD_BYTES = 64 * 1024;

/** Whether a file may be one that somebody passed on: most are logs, and told from those by little of their text. */
export const seemsPassedOn = async (file: Blob): Promise<boolean> =>
  showsPassedOn(await headOf(file));

export const showsPassedOn = (head: string): boolean =>
  /^\s*\{/.test(head) && /"insightDetails"|"trailglass(?:KeyMap)?"/.test(head);

export const headOf = (file: Blob): Promise<string> => textOf(file, HEAD_BYTES);

/** The text of a file, packed or not, as far as so many bytes. */
export const textOf = async (file: Blob, most: number): Promise<string> =>
  (await isGzip(file)) ? unpackedText(file, most) : file.slice(0, most).text();

async function isGzip(file: Blob): Promise<boolean> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  return first === 0x1f && second === 0x8b;
}

/** What is packed is never longer than its text by more than this: a header with a name, and a few bytes every 64 kB. */
const MOST_PACKING = 64 * 1024;

/** The first bytes of what is packed, as far as it can be unpacked; a file of logs is for the readers, who say what is wrong. */
async function unpackedText(file: Blob, most: number): Promise<string> {
  // A stream hands over megabytes at once, and unpacks all of them.
  const head = file.slice(0, most + MOST_PACKING);
  const reader = head.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  try {
    for (let length = 0; length < most;) {
      const { value, done } = await reader.read();
      if (done) break;
      chunks.push(value);
      length += value.length;
    }
    await reader.cancel();
  } catch {
    return '';
  }
  return new Blob(chunks).text();
}
