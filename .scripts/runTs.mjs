// Bundles a TypeScript file, minified as the page's workers are, and runs it: node .scripts/runTs.mjs FILE [ARGUMENTS].
// Unbundled, imports are getters, which costs hot loops three quarters of their speed.
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';

const [file] = process.argv.splice(2, 1);
const name = basename(file, '.ts');
const outDir = resolve('.bench', 'run', name);
await build({
  configFile: false,
  logLevel: 'error',
  build: { ssr: resolve(file), outDir, emptyOutDir: true, target: 'es2023', minify: true },
});
await import(pathToFileURL(resolve(outDir, `${name}.js`)).href);
