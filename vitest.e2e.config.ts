import { defineConfig } from 'vitest/config';

/** Real browsers on the build: one file at a time, two cores are few. */
export default defineConfig({
  test: {
    include: ['tests/e2e/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
