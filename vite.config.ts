import { readFileSync } from 'node:fs';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import type { Plugin } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';
import { defineConfig } from 'vitest/config';
import { CHROMIUM_FLAGS } from './test/support/chromiumFlags.ts';

const SAMPLE = 'public/sample-trail.tar.gz';

/**
 * What makes "not a byte leaves the browser" a rule the browser enforces: no connection of any kind is allowed, workers
 * come from blobs, scripts and styles from the page itself.
 */
const contentSecurityPolicy = (scripts: string): string =>
  [
    "default-src 'none'",
    `script-src ${scripts}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    'worker-src blob:',
    "connect-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
  ].join('; ');

/** Writes the policy into the built page; the development server needs connections of its own. */
const withPolicy = (scripts: string): Plugin => ({
  name: 'content-security-policy',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy(scripts) },
      injectTo: 'head-prepend',
    },
  ],
});

/** The sample trail as a module of base64 text: the policy forbids fetching it. */
const sampleTrail = (): Plugin => ({
  name: 'sample-trail',
  resolveId: (id) => (id === 'virtual:sample-trail' ? '\0virtual:sample-trail' : null),
  load: (id) =>
    id === '\0virtual:sample-trail'
      ? `export default ${JSON.stringify(readFileSync(SAMPLE).toString('base64'))}`
      : null,
});

/** `vite build --mode single` makes one HTML file that opens from disk. */
export default defineConfig(({ mode }) => {
  const single = mode === 'single';
  return {
    base: './',
    plugins: [
      svelte({ configFile: false }),
      sampleTrail(),
      withPolicy(single ? "'unsafe-inline'" : "'self'"),
      ...(single ? [viteSingleFile()] : []),
    ],
    build: {
      target: 'es2023',
      modulePreload: false,
      chunkSizeWarningLimit: 4_500,
      outDir: single ? 'dist/single' : 'dist',
    },
    worker: { format: 'iife' },
    test: {
      projects: [
        {
          extends: true,
          test: {
            name: 'unit',
            include: ['test/{architecture,core,ui,support,bench}/**/*.test.ts'],
            setupFiles: ['test/support/fixedSeed.ts'],
            environment: 'node',
            env: { TZ: 'America/Los_Angeles' },
            testTimeout: 60_000,
          },
        },
        {
          extends: true,
          test: {
            name: 'browser',
            include: ['test/{store,worker}/**/*.test.ts'],
            browser: {
              enabled: true,
              headless: true,
              screenshotFailures: false,
              provider: playwright({
                launchOptions: {
                  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
                  args: CHROMIUM_FLAGS,
                },
                contextOptions: { timezoneId: 'Asia/Kolkata' },
              }),
              instances: [{ browser: 'chromium' }],
            },
          },
        },
        {
          extends: true,
          test: {
            name: 'journeys',
            include: ['test/browser/**/*.test.ts'],
            environment: 'node',
            env: { TZ: 'America/Los_Angeles' },
            testTimeout: 120_000,
            hookTimeout: 120_000,
            fileParallelism: false,
          },
        },
      ],
    },
  };
});
