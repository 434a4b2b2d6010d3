// Speed of the record scanner beside JSON.parse: node test/bench/scan.mjs [megabytes] [rounds]
// Bundled first, as the page is: the module runner's imports are getters, which costs the hot loops three quarters.
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

const [megabytes = 100, rounds = 9] = process.argv.slice(2).map(Number);
const outDir = fileURLToPath(new URL('../../.bench/scan/', import.meta.url));
const entry = fileURLToPath(new URL('scan.ts', import.meta.url));
await build({
  configFile: false,
  logLevel: 'error',
  build: { ssr: entry, outDir, emptyOutDir: true, target: 'es2023' },
});
const { run } = await import(pathToFileURL(`${outDir}scan.js`).href);
run(megabytes, rounds);
