// npm run bench: every benchmark once, small; each has more to say when run by itself (test/bench).
import { installPackages, run } from './install.mjs';

installPackages();
const node = (...args) => run(process.execPath, args);
const outcomes = [
  node('.scripts/runTs.mjs', 'test/bench/inflate.ts', '50', '5'),
  node('test/bench/scan.mjs', '50', '5'),
  node('test/bench/detection/run.mjs', '--split', 'dev', '--lengths', '7d', '--repetitions', '1'),
  node('test/bench/overview.mjs'),
  node('test/bench/leavingOut.mjs'),
  run('npx', ['--no-install', 'vite', 'build', '--logLevel', 'warn']) &&
    node('test/bench/reading/run.mjs', '--corpus', 'S', '--form', 'tar', '--rounds', '3'),
];
process.exit(outcomes.every(Boolean) ? 0 : 1);
