import { existsSync, writeFileSync } from 'node:fs';
import { runnerImport } from 'vite';

/** Writes the fixtures of every form that are not there yet: node test/support/makeFixtures.mjs. Those there stay as they are. */
const { module } = await runnerImport('./test/support/fixtureForms.ts', { configFile: false });
for (const [name, bytesOf] of Object.entries(module.FIXTURE_FORMS)) {
  const path = `test/fixtures/${name}`;
  if (existsSync(path)) continue;
  writeFileSync(path, bytesOf());
  const expected = JSON.stringify(module.EXPECTED_OF_FORMS, null, 2);
  writeFileSync(path.replace(/\.\w+$/, '.expected.json'), `${expected}\n`);
}
