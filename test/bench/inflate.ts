import { constants, crc32 as nativeCrc32, gunzipSync, gzipSync, inflateRawSync } from 'node:zlib';
import { crc32 } from '../../src/core/container/crc32';
import { PIECE_BYTES } from '../../src/core/container/outputWindow';
import { unpack } from '../../src/core/container/unpack';
import { logFile } from './reading/corpus';

/**
 * How fast gzip files become bytes, beside DecompressionStream and native zlib on the same files in the same process, in
 * turns: megabytes of JSON per CPU second, medians, and the median of the ratios round by round. Node's engine is Chromium's.
 *
 *   npx rolldown test/bench/inflate.ts --platform node --format esm --file node_modules/.cache/inflate.mjs
 *   node node_modules/.cache/inflate.mjs [megabytes 100] [rounds 7]
 */

const MEGABYTES = Number(process.argv[2] ?? 100);
const ROUNDS = Number(process.argv[3] ?? 7);
const HEADER_BYTES = 10;

function trailFiles(): Uint8Array[] {
  const files: Uint8Array[] = [];
  let left = MEGABYTES * 1e6;
  for (let index = 0; left > 0; index++) {
    const text = `{"Records":[${logFile('M', index).records.join(',')}]}`;
    files.push(new TextEncoder().encode(text));
    left -= text.length;
  }
  return files;
}

const nowhere = {
  open: () => {},
  close: () => {},
  skip: () => {},
  parquet: () => {},
  piece: () => {},
};

async function readStream(bytes: Uint8Array): Promise<void> {
  const stream = new DecompressionStream('gzip');
  const writer = stream.writable.getWriter();
  const written = writer.write(bytes as Uint8Array<ArrayBuffer>).then(() => writer.close());
  const reader = stream.readable.getReader();
  while (!(await reader.read()).done);
  await written;
}

/** Every file comes out as it went in; a bench of wrong answers is worth nothing. */
function verify(packed: readonly Uint8Array[], files: readonly Uint8Array[]): void {
  packed.forEach((bytes, i) => {
    const crcs: number[] = [];
    const damages: (string | null)[] = [];
    unpack('x', bytes, {
      ...nowhere,
      piece: (piece, start, end) => crcs.push(nativeCrc32(piece.subarray(start, end))),
      close: (damage) => damages.push(damage),
    });
    const isRight = crcs.length === 1 && crcs[0] === nativeCrc32(files[i]) && damages[0] === null;
    if (!isRight && files[i].length < PIECE_BYTES) throw new Error(`file ${i} differs`);
  });
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1];

export async function run(): Promise<void> {
  const files = trailFiles();
  const packed = files.map((bytes) => gzipSync(bytes, { level: constants.Z_DEFAULT_COMPRESSION }));
  verify(packed, files);
  const size = files.reduce((total, { length }) => total + length, 0) / 1e6;
  const packedSize = packed.reduce((total, { length }) => total + length, 0) / 1e6;
  const runs: Record<string, () => void | Promise<void>> = {
    'unpack (CRC checked)': () => packed.forEach((bytes) => unpack('x', bytes, nowhere)),
    'of it crc32': () =>
      files.forEach((bytes) => {
        crc32(0, bytes, new DataView(bytes.buffer, bytes.byteOffset), 0, bytes.length);
      }),
    'zlib gunzipSync': () => packed.forEach((bytes) => gunzipSync(bytes)),
    'zlib without CRC': () =>
      packed.forEach((bytes) => inflateRawSync(bytes.subarray(HEADER_BYTES, -8))),
    DecompressionStream: async () => {
      for (const bytes of packed) await readStream(bytes);
    },
  };
  const seconds: Record<string, number[]> = {};
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [name, work] of Object.entries(runs)) {
      const before = process.cpuUsage();
      await work();
      const { user, system } = process.cpuUsage(before);
      if (round > 0) (seconds[name] ??= []).push((user + system) / 1e6);
    }
  }
  console.log(
    `${files.length} files, ${size.toFixed(0)} MB of JSON, ${packedSize.toFixed(1)} MB gz`,
  );
  const own = seconds['unpack (CRC checked)'];
  for (const [name, times] of Object.entries(seconds)) {
    const ratio = median(times.map((each, round) => each / own[round]));
    const speed = (size / median(times)).toFixed(0).padStart(5);
    console.log(
      `${name.padEnd(22)} ${speed} MB per CPU second, ${ratio.toFixed(2)} x unpack's time`,
    );
  }
}

await run();
