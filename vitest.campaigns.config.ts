import { defineConfig } from 'vitest/config';

/** Long campaigns, each a command of its own; they need files that are not part of the project. */
export default defineConfig({
  test: {
    include: ['tests/campaigns/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 1_800_000,
    hookTimeout: 120_000,
  },
});
