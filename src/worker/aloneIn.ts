/** The file that comes alone, null where there are none or several; and all of them, from the first on. */
export async function aloneIn<File>(
  files: AsyncIterable<File>,
): Promise<{ readonly alone: File | null; readonly all: AsyncIterable<File> }> {
  const iterator = files[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done) return { alone: null, all: from([], iterator) };
  const second = await iterator.next();
  if (second.done) return { alone: first.value, all: from([first.value], iterator) };
  return { alone: null, all: from([first.value, second.value], iterator) };
}

async function* from<T>(begun: readonly T[], rest: AsyncIterator<T>): AsyncGenerator<T> {
  yield* begun;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}
