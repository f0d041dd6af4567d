import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    testTimeout: 60_000,
    maxWorkers: '100%',
    coverage: { include: ['{model,checker,properties,traces,cli,explorer}/**/*.ts'] },
    projects: [
      // These rooms are pure and know nothing of Node: their files share a process and what it has imported and compiled.
      { extends: true, test: { name: 'pure', include: ['{model,checker,properties}/**/*.test.ts'], isolate: false } },
      { extends: true, test: { name: 'node', include: ['{traces,cli,explorer}/**/*.test.ts'] } },
    ],
  },
})
