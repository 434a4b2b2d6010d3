// npm test: installs, finds a browser, runs every check and ends with the line "N passed, N failed".
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './chromium.mjs';
import { installPackages } from './install.mjs';

installPackages();
const env = { ...process.env, CHROMIUM: await findChromium() };
const totals = { passed: 0, failed: 0 };

/** A check that counts as one: it passes when its command ends with 0. */
function check(name, ...command) {
  console.log(`\n── ${name}`);
  const { status } = spawnSync('npx', ['--no-install', ...command], { stdio: 'inherit', env });
  if (status === 0) totals.passed++;
  else totals.failed++;
}

/** A Vitest run that counts its tests; one that ran none has failed. */
function vitest(name, ...args) {
  console.log(`\n── ${name}`);
  const report = join(mkdtempSync(join(tmpdir(), 'trailglass-')), 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { status } = spawnSync('npx', ['--no-install', 'vitest', 'run', ...args, ...reporters], {
    stdio: 'inherit',
    env,
  });
  const { passed, failed } = testsIn(report);
  totals.passed += passed;
  totals.failed += failed;
  if ((status !== 0 && failed === 0) || passed + failed === 0) totals.failed++;
}

function testsIn(report) {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
    return { passed: numPassedTests, failed: numFailedTests };
  } catch {
    return { passed: 0, failed: 0 };
  }
}

check('core compiles without DOM or Node', 'tsc', '-p', 'src/core/tsconfig.json');
check('types', 'svelte-check', '--tsconfig', './tsconfig.json', '--fail-on-warnings');
check('lint', 'eslint', '-c', '.config/eslint.config.js', '.');
check('format (npm run format mends it)', 'prettier', '--check', '.', '--log-level', 'warn');
check('build', 'vite', 'build', '--logLevel', 'warn');
vitest('unit tests', '--project', 'unit');
vitest('tests in the browser', '--project', 'browser');
vitest('journeys through the built page', '--project', 'journeys');

console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
process.exit(totals.failed === 0 ? 0 : 1);
