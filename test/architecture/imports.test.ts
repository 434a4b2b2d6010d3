import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { describe, expect, it } from 'vitest';
import { RULES } from './rules';

/** Cruises the `src` folder below `baseDir`. */
async function cruised(baseDir: string): Promise<ICruiseResult> {
  const { output } = await cruise(
    ['src'],
    {
      baseDir,
      validate: true,
      ruleSet: { forbidden: RULES },
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
      enhancedResolveOptions: { extensions: ['.ts', '.svelte', '.js'] },
    },
    {},
  );
  return output as ICruiseResult;
}

const violationsOf = (result: ICruiseResult): string[] =>
  result.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);

const sourceFiles = (): string[] =>
  readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(ts|svelte)$/.test(path) && !path.endsWith('.d.ts'))
    .map((path) => `src/${path}`)
    .sort();

describe('the house', () => {
  it('lets imports run in one direction only', async () => {
    expect(violationsOf(await cruised(process.cwd()))).toEqual([]);
  });

  it('is judged on every import of every source file', async () => {
    const { modules } = await cruised(process.cwd());
    const importing = sourceFiles().filter((path) =>
      /^\s*import /m.test(readFileSync(path, 'utf8')),
    );
    const read = modules.filter(({ dependencies }) => dependencies.length > 0);
    expect(importing.length).toBeGreaterThan(0);
    expect(read.map(({ source }) => source)).toEqual(expect.arrayContaining(importing));
  });

  it.each([
    ['src/core/activity/planted.ts', '../../ui/tokens.css', 'core-is-pure'],
    ['src/core/container/planted.ts', '../activity/minute', 'core-container'],
    ['src/store/planted.ts', '../worker/client', 'store-sees-core'],
    ['src/ui/planted.ts', '../worker/reading/reader', 'ui-sees-client'],
    ['src/ui/planted.ts', 'idb', 'idb-has-one-home'],
  ])('refuses %s importing %s', async (file, target, rule) => {
    const copy = mkdtempSync(join(process.cwd(), '.planted-'));
    try {
      cpSync('src', join(copy, 'src'), { recursive: true });
      writeFileSync(join(copy, file), `import '${target}';\n`);
      expect(violationsOf(await cruised(copy))).toEqual([
        expect.stringMatching(new RegExp(`^${rule}: ${file}`)),
      ]);
    } finally {
      rmSync(copy, { recursive: true });
    }
  });

  it('has exactly the top level it was given', () => {
    const allowed = [
      'LICENSE',
      'README.md',
      'index.html',
      'package-lock.json',
      'package.json',
      'public',
      'src',
      'test',
      'tsconfig.json',
      'vite.config.ts',
    ];
    const made = ['dist', 'node_modules'];
    const seen = readdirSync('.').filter((name) => !name.startsWith('.') && !made.includes(name));
    expect(seen.sort()).toEqual(allowed);
  });
});
