const FILES_IN_FLIGHT = 64;
const TAR_BLOCK = 512;
const onlyReads = location.hash === '#floor';

const workers = Array.from(
  { length: navigator.hardwareConcurrency },
  () => new Worker('worker.js', { type: 'module' }),
);

for (const input of document.querySelectorAll('input')) {
  input.addEventListener('change', async () => {
    const start = performance.now();
    const files = [...input.files];
    const archive = files.length === 1 && files[0].name.endsWith('.tar');
    if (onlyReads) await inTurn(files, FILES_IN_FLIGHT, (file) => readWhole(file));
    else if (archive) await inTurn(membersOf(await files[0].arrayBuffer()), workers.length, give);
    else await inTurn(files, 2 * workers.length, give);
    const lines = onlyReads
      ? []
      : merge(await Promise.all(workers.map((worker) => ask(worker, 'finish'))));
    window.benchResult = { wallMs: performance.now() - start, lines };
  });
}

/** Large files in slices: their bytes are wanted, not kept. */
async function readWhole(file) {
  if (!file.name.endsWith('.tar') && !file.name.endsWith('.zip')) return file.arrayBuffer();
  for (let at = 0; at < file.size; at += 16 << 20)
    await file.slice(at, at + (16 << 20)).arrayBuffer();
}

/** Works through the items, `width` of them at a time. */
async function inTurn(items, width, work) {
  const iterator = items[Symbol.iterator]();
  let number = 0;
  const lane = async () => {
    for (let next = iterator.next(); !next.done; next = iterator.next())
      await work(next.value, number++);
  };
  await Promise.all(Array.from({ length: width }, lane));
}

const give = (part, number) => ask(workers[number % workers.length], part);

function* membersOf(archive) {
  const bytes = new Uint8Array(archive);
  for (let at = 0; bytes[at];) {
    const size = parseInt(String.fromCharCode(...bytes.subarray(at + 124, at + 135)), 8);
    yield new Blob([bytes.subarray(at + TAR_BLOCK, at + TAR_BLOCK + size)]);
    at += TAR_BLOCK + Math.ceil(size / TAR_BLOCK) * TAR_BLOCK;
  }
}

function ask(worker, question) {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve, reject) => {
    port1.onmessage = ({ data }) =>
      data.error ? reject(new Error(data.error)) : resolve(data.answer);
    worker.postMessage({ question, port: port2 }, [port2]);
  });
}

/** A record that two workers saw is counted once. */
function merge(parts) {
  const seen = new Set();
  const counts = new Map();
  for (const part of parts) {
    for (const [id, key] of part) {
      if (seen.has(id)) continue;
      seen.add(id);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return [...counts].map(([key, calls]) => `${key},${calls}`);
}
