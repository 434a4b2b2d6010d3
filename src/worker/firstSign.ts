/** What comes before any wish: a pointer or a file over the page, a key. */
const SIGNS = ['pointermove', 'pointerdown', 'dragenter', 'keydown'] as const;

/** Calls `prepare` as soon as somebody is there: until then nothing is fetched that nobody may want. */
export function atFirstSign(prepare: () => void): void {
  const seen = new AbortController();
  const options = { passive: true, signal: seen.signal };
  const see = () => {
    seen.abort();
    prepare();
  };
  for (const sign of SIGNS) addEventListener(sign, see, options);
}
