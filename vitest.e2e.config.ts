import { defineConfig } from 'vitest/config';

/** Real browsers on the build: one file at a time, two cores are few. */
export default defineConfig({
  test: {
    include: ['tests/e2e/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // A browser's own crash says nothing of the page; two in a row do.
    retry: { count: 1, condition: /ended by itself/ },
  },
});
