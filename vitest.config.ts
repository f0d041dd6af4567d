import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{model,checker,properties,traces,cli,explorer}/**/*.test.ts'],
    testTimeout: 60_000,
    maxWorkers: '100%',
    coverage: { include: ['{model,checker,properties,traces,cli,explorer}/**/*.ts'] },
  },
})
