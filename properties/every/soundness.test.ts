/**
 * Every view of every reachable world, as far as a search goes, lies in the set of views from which proofs are made. With
 * `HALFOPEN_MEMORY=256 npx vitest run properties/every/soundness.test.ts` larger worlds, with four clients too, are searched on sets that
 * may take so many MiB; that takes an hour.
 */
import { describe, expect, test } from 'vitest'
import { check, type Family, type Property, type System } from '../../checker/index.ts'
import { findSums } from '../../checker/views/sums.ts'
import { type Tabulated, tabulate } from '../../checker/views/tabulate.ts'
import { Views } from '../../checker/views/views.ts'
import { scenarios } from '../scenarios/index.ts'
import { type AnyOverrides, familyOfScenario, settingOfAny, withOthers } from './family.ts'

const megabytes = Number(process.env.HALFOPEN_MEMORY ?? 0)

/** Bounds under which the views of the largest scenarios are found in a second. */
const smaller: Readonly<Record<string, AnyOverrides>> = {
  handshake: { loss: 0 },
  'strange-segments': { connects: 1 },
  'ghost-connection': { capacity: 1, retries: 0 },
  'abort-on-overflow': { capacity: 1, retries: 0 },
  close: { retries: 0, loss: 0, capacity: 1, connects: 1 },
  'time-wait': { retries: 0, loss: 0, duplication: 0, capacity: 1 },
  'old-duplicates': { retries: 0, capacity: 1 },
  'old-duplicates-ack-lost': { retries: 0, capacity: 1 },
  'old-duplicates-short-TIME_WAIT': { retries: 0, capacity: 1 },
  'old-duplicates-newer-numbers': { retries: 0, capacity: 1 },
  'old-duplicates-wrapped': { retries: 0, capacity: 1 },
  'simultaneous-open': { retries: 0, loss: 0, capacity: 1 },
  'opening-at-a-full-queue': { retries: 0 },
  'opening-among-strangers': { retries: 0 },
  'timestamps-switched-off': { retries: 0 },
  'text-after-close': { retries: 0 },
  'cookie-skips-a-byte': { loss: 1 },
}

/** An invariant of members: what is seen of one connection and all that is shared is one of the views. */
const isView = (
  { compiled, many = Number.POSITIVE_INFINITY }: Tabulated,
  views: Views,
  { counters, any }: Family,
): Property => {
  const { hub, kinds, runner } = compiled.closed
  const [kind] = any.groups.map((group) => group.kind)
  const squashed = (name: string, state: unknown): unknown =>
    counters?.part === name
      ? counters.write(
          state,
          counters.read(state).map((n) => Math.min(n, many)),
        )
      : state
  return {
    id: `view of ${kind}`,
    kind: 'invariant',
    reads: { group: kinds[0]!.partNames, shared: hub.partNames },
    then: (view) => {
      const shared = Int32Array.from(hub.partNames, (name) =>
        runner.part(name, true).intern(squashed(name, view[name])),
      )
      const hubId = hub.hubs.intern(shared)
      if (hubId >= compiled.tables.hubs) return false
      return kinds.some(({ slices, partNames }, k) => {
        const slice = slices.intern(Int32Array.from(partNames, (name) => runner.part(name, false).intern(view[name])))
        const at = slice + compiled.tables.kindOffset[k]!
        return at < (compiled.tables.kindOffset[k + 1] ?? views.slices) && views.has(at, hubId)
      })
    },
  }
}

describe.each(scenarios)('$name', (scenario) => {
  test('every view of worlds with few clients is known', () => {
    const overrides = smaller[scenario.name] ?? {}
    const family = familyOfScenario(scenario, overrides)
    const tabulated = tabulate(family)
    const views = new Views(
      tabulated.compiled,
      findSums(tabulated.compiled, family.counters, tabulated.many),
      () => false,
    )
    expect(views.impossible).toEqual([])
    const property = isView(tabulated, views, family)
    for (const clients of megabytes > 0 ? [1, 2, 3, 4] : [1, 2, 3]) {
      const member = withOthers(family.ofSize(clients) as System, settingOfAny(scenario, overrides))
      const first = check(member, [property], { maxStates: 8_000 })
      expect({ clients, ...first.findings[0] }).not.toMatchObject({ verdict: 'violated' })
      expect(first.states).toBeGreaterThan(5)
      if (first.exhausted || megabytes === 0) continue
      const { findings } = check(member, [property], { engine: 'symbolic', maxMemory: megabytes * 2 ** 20 })
      expect({ clients, ...findings[0] }).not.toMatchObject({ verdict: 'violated' })
    }
  })
})
