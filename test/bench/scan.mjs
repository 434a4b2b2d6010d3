// Speed of the record scanner beside JSON.parse: node test/bench/scan.mjs [megabytes] [rounds]
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const [megabytes = 100, rounds = 9] = process.argv.slice(2).map(Number);
const entry = fileURLToPath(new URL('scan.ts', import.meta.url));
const { module } = await runnerImport(entry, { configFile: false, logLevel: 'error' });
module.run(megabytes, rounds);
