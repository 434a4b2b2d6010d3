import { inSlices } from '../parts/turns';

/** So many letters of base64 are decoded at a time; a multiple of four, which stand for three bytes. */
const LETTERS = 1 << 18;

/** The bundled sample trail as a tar file; decoded only when asked for, it is megabytes. */
export async function openSample(): Promise<File> {
  const { default: base64 } = await import('virtual:sample-trail');
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const starts = Array.from({ length: Math.ceil(base64.length / LETTERS) }, (_, i) => i * LETTERS);
  await inSlices(starts, (at) => parts.push(decoded(base64.slice(at, at + LETTERS))));
  return new File(parts, 'sample-trail.tar.gz', { type: 'application/gzip' });
}

function decoded(base64: string): Uint8Array<ArrayBuffer> {
  const letters = atob(base64);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = letters.charCodeAt(i);
  return bytes;
}
