import { test } from '@fast-check/vitest'
import { check } from '../check.ts'
import type { LeadsTo, Property } from '../property.ts'
import { expectFairLasso } from '../testing/fair-lasso.ts'
import { randomProperties, randomSystem } from '../testing/random-system.ts'

test.prop([randomSystem, randomProperties], { numRuns: 250 })(
  'every lasso is a fair run that meets given and never then',
  (system, properties: readonly Property[]) => {
    const promises = properties.map((property) => ({ ...property, kind: 'leads-to' }) as unknown as LeadsTo)
    check(system, promises).findings.forEach(({ path, group = -1 }, i) => {
      if (path !== undefined) expectFairLasso(system, promises[i]!, path, group)
    })
  },
)
