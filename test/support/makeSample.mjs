import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { runnerImport } from 'vite';

/** Writes the bundled sample trail: `npm run sample`. Readers go by content, so the name says only that it is an archive. */
const SAMPLE = 'public/sample-trail.tar.gz';

const { module } = await runnerImport('./test/support/sampleTrail.ts', { configFile: false });
const archive = module.sampleTar();
const compressed = gzipSync(archive, { level: 9, memLevel: 9 });
writeFileSync(SAMPLE, compressed);
console.log(`${SAMPLE}: ${compressed.length} bytes, ${archive.length} uncompressed`);
