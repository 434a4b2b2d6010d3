// Detection's yardstick from the command line: node test/bench/detection/run.mjs --split NAME [--json FILE]
import { fileURLToPath } from 'node:url';

process.argv.splice(2, 0, fileURLToPath(new URL('run.ts', import.meta.url)));
await import('../../../.scripts/runTs.mjs');
