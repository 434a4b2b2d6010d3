import { runnerImport } from 'vite';

/** `npm run bench:read -- --corpus M --form tar --rounds 5`; see options.ts for the rest. */
const { module } = await runnerImport('./test/bench/reading/bench.ts', {
  configFile: false,
  logLevel: 'error',
});
await module.bench(process.argv.slice(2));
