/** The bundled sample trail as a tar file; decoded only when asked for, it is megabytes. */
export async function openSample(): Promise<File> {
  const { default: base64 } = await import('virtual:sample-trail');
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return new File([bytes], 'sample-trail.tar.gz', { type: 'application/gzip' });
}
