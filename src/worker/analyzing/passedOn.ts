/** A shared file shows itself in its first record, or right behind its empty list of records. */
const HEAD_BYTES = 64 * 1024;

/** Whether a file may be one that somebody passed on: most are logs, and told from those by little of their text. */
export const seemsPassedOn = async (file: Blob): Promise<boolean> =>
  showsPassedOn(await headOf(file));

export const showsPassedOn = (head: string): boolean =>
  /^\s*\{/.test(head) && /"insightDetails"|"trailglass(?:KeyMap)?"/.test(head);

export const headOf = (file: Blob): Promise<string> => textOf(file, HEAD_BYTES);

/** The text of a file, packed or not, as far as so many bytes. It is read in one go: every further one takes 10 ms. */
export async function textOf(file: Blob, most: number): Promise<string> {
  const head = new Uint8Array(await file.slice(0, most + MOST_PACKING).arrayBuffer());
  const isGzip = head[0] === 0x1f && head[1] === 0x8b;
  return isGzip ? unpackedText(head, most) : new TextDecoder().decode(head.subarray(0, most));
}

/** What is packed is never longer than its text by more than this: a header with a name, and a few bytes every 64 kB. */
const MOST_PACKING = 64 * 1024;

/** The first bytes of what is packed, as far as it can be unpacked; a file of logs is for the readers, who say what is wrong. */
async function unpackedText(head: Uint8Array<ArrayBuffer>, most: number): Promise<string> {
  const unpacked = new Response(head).body!.pipeThrough(new DecompressionStream('gzip'));
  const reader = unpacked.getReader();
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
