/** What the page weighs. It needs the page built (`npm run bundle`). */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './build.ts'
import { weight } from './weight.ts'

const isBuilt = existsSync(join(root(), 'dist', 'explorer', 'page', 'page.js'))
if (!isBuilt) console.warn('SKIPPED: the weight of the page: it is not built (npm run bundle)')

test.skipIf(!isBuilt).each(['en', 'zh'] as const)(
  '%s: page, model and checker together are under 300 kB gzipped, whatever is looked at',
  (language) => expect(weight()[language]).toBeLessThan(300_000),
)
