// Runs a TypeScript file in Node: node .scripts/runTs.mjs FILE [ARGUMENTS]. The file sees its own arguments as argv[2] on.
import { resolve } from 'node:path';
import { runnerImport } from 'vite';

const [file] = process.argv.splice(2, 1);
await runnerImport(resolve(file), { configFile: false, logLevel: 'error' });
