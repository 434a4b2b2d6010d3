// Detection's yardstick from the command line: node test/bench/detection/run.mjs --split NAME [--json FILE]
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const entry = fileURLToPath(new URL('run.ts', import.meta.url));
const { module } = await runnerImport(entry, { configFile: false, logLevel: 'error' });
await module.run();
