import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: ['test/global-setup.ts'],
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // Flows run on a real database and pages in a real browser, on whatever machine this is.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
