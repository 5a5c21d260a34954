import { availableParallelism } from 'node:os';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

/** Units and what spans modules, in Node; runes are compiled, no DOM is needed. */
export default defineConfig({
  plugins: [svelte()],
  test: {
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    exclude: ['tests/e2e/**', 'tests/campaigns/**'],
    // One fewer than there are cores is usual: of two, one would be idle.
    maxWorkers: availableParallelism(),
    testTimeout: 60_000,
  },
});
