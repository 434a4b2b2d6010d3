import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  base: './',
  plugins: [svelte()],
  build: { target: 'es2023', modulePreload: false },
  worker: { format: 'iife' },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/{architecture,core,ui,support,bench}/**/*.test.ts'],
          environment: 'node',
          env: { TZ: 'America/Los_Angeles' },
          testTimeout: 60_000,
        },
      },
    ],
  },
});
