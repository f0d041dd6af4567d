/** Runs over all values of what a rule looks at, held against the model of this kernel. */
import { expect } from 'vitest'
import { profiles } from '../../../model/index.ts'
import { compareRuns } from '../compare.ts'
import { thisKernel } from '../here.ts'
import { whyNotLive } from '../namespaced.ts'
import type { Script } from '../script.ts'

/** Why this kernel is not asked, undefined if it is; says so once for each file of tests. */
export const whyNotSwept = (): string | undefined => {
  const whyNot = process.getuid?.() === 0 ? whyNotLive() : 'the tests make namespaces as root only'
  if (whyNot !== undefined) console.warn(`SKIPPED: rules swept on this kernel: ${whyNot}`)
  return whyNot
}

/** How often what disagrees is asked again: on a busy machine timers are late, and a fault of the model is there every time. */
const AGAIN = 2

/** They run side by side. */
export const agree = (swept: readonly (readonly [name: string, script: Script])[]): void => {
  let left = swept
  for (let again = 0; ; again++) {
    const scripts = left.map(([, script]) => script)
    const { disagreements, counters, notDriven } = compareRuns(thisKernel, scripts, profiles['linux-6.18'], {
      shrinking: 0,
    })
    if (disagreements.length > 0 && again < AGAIN) {
      left = disagreements.map(({ run }) => left[run]!)
      continue
    }
    expect(disagreements.map(({ run, says }) => [left[run]![0], says])).toEqual([])
    expect(notDriven).toEqual({})
    expect(counters.total).toBeGreaterThan(0)
    return
  }
}
