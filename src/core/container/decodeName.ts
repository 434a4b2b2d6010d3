/** Names are shown to people; a hostile one may be 1 MB long. */
const MAX_NAME = 1024;

/** The text of bytes[start, end): UTF-8, or one character per byte where it is not; at most 1,024 characters. */
export function decodeName(bytes: Uint8Array, start: number, end: number): string {
  const text = decodeUtf8(bytes, start, end) ?? decodeLatin1(bytes, start, end);
  return text.length > MAX_NAME ? text.slice(0, MAX_NAME) + '…' : text;
}

export function decodeLatin1(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let i = start; i < end && text.length <= MAX_NAME; i++) {
    text += String.fromCharCode(bytes[i]);
  }
  return text;
}

function decodeUtf8(bytes: Uint8Array, start: number, end: number): string | null {
  let text = '';
  for (let i = start; i < end && text.length <= MAX_NAME;) {
    const lead = bytes[i++];
    const more = lead < 0x80 ? 0 : lead < 0xc2 ? -1 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    if (more < 0 || lead > 0xf4 || i + more > end) return null;
    let point = more === 0 ? lead : lead & (0x3f >> more);
    for (let left = more; left > 0; left--) {
      if ((bytes[i] & 0xc0) !== 0x80) return null;
      point = (point << 6) | (bytes[i++] & 0x3f);
    }
    if (point > 0x10ffff) return null;
    text += String.fromCodePoint(point);
  }
  return text;
}
