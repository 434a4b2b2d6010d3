import { decodeUtf8 } from '../../activity/utf8';

const BASE64 = /[A-Za-z0-9+/_-]{16,}={0,2}/g;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** Control characters but white space, and what stands for bytes that are no UTF-8. */
const NO_TEXT = /(?!\s)\p{Cc}|\ufffd/u;
const DEEPEST = 3;

/** What a text says under the encodings that request parameters come in: URL, JSON text, base64, one in the other. */
export function decodingsOf(text: string, depth = DEEPEST): string[] {
  if (depth === 0) return [];
  const decoded = [percentDecoded(text), unescaped(text), ...base64Decoded(text)];
  return decoded
    .filter((each) => each !== text && each !== '')
    .flatMap((each) => [each, ...decodingsOf(each, depth - 1)]);
}

/** Bytes above 7F stay as they are: only names in ASCII are looked for. */
const percentDecoded = (text: string): string =>
  text.replace(/%([0-7][0-9A-Fa-f])/g, (_, code: string) =>
    String.fromCharCode(parseInt(code, 16)),
  );

const unescaped = (text: string): string =>
  text
    .replace(/\\u([0-9A-Fa-f]{4})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    .replace(/\\(["\\/])/g, '$1');

/** Every stretch that decodes to text; what decodes to bytes that are no text is no encoding of text. */
const base64Decoded = (text: string): string[] =>
  (text.match(BASE64) ?? []).map(decodeBase64).filter((each) => !NO_TEXT.test(each));

function decodeBase64(text: string): string {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const character of text.replace(/-/g, '+').replace(/_/g, '/').replace(/=+$/, '')) {
    held = ((held << 6) | ALPHABET.indexOf(character)) & 0xffffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >> bits) & 0xff);
  }
  return decodeUtf8(Uint8Array.from(bytes), 0, bytes.length);
}
