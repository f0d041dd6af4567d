/** Wrong reducers that only some number of clients shows: caught, never proved; and those that no number shows: proved. */
import { describe, expect, test } from 'vitest'
import { checkForEvery, type Family, type System } from '../../checker/index.ts'
import type { Listener } from '../../model/index.ts'
import { propertyNamed } from '../families/index.ts'
import { scenarios } from '../scenarios/index.ts'
import { familyOfScenario, settingOfAny } from './family.ts'

type Wrong = (l: Listener) => boolean

/** Where `when` says so, the listener answers as if its backlog were one larger. */
const roomForOneMore =
  (when: Wrong) =>
  (system: System): System => ({
    ...system,
    rules: system.rules.map((rule) => ({
      ...rule,
      links: rule.links.map((link) => {
        if (link.part !== 'listener') return link
        const step = (l: Listener, label: unknown) => {
          if (!when(l)) return link.step(l, label, -1)
          return link
            .step({ ...l, backlog: l.backlog + 1 }, label, -1)
            .map((o) => (o.impossible ? o : { ...o, state: { ...o.state, backlog: l.backlog } }))
        }
        return { ...link, step }
      }),
    })),
  })

const verdictWith = (backlog: number, when: Wrong, maxGroups: number) => {
  const scenario = scenarios.find(({ name }) => name === 'accept-queue')!
  const overrides = { backlog, retries: 0 }
  const right = familyOfScenario(scenario, overrides)
  const wrong = roomForOneMore(when)
  const family: Family = { ...right, any: wrong(right.any), ofSize: (clients) => wrong(right.ofSize(clients)) }
  const ask = () => [propertyNamed('Q1')!.ask(settingOfAny(scenario, overrides))]
  const [finding] = checkForEvery(family, ask, { maxGroups }).findings
  return finding
}

describe('a listener with room for one more', () => {
  test.each([
    [0, 2],
    [1, 3],
    [2, 4],
    [3, 5],
  ])('backlog %i: Q1 is violated with %i clients', (backlog, smallest) => {
    expect(verdictWith(backlog, () => true, 6)).toMatchObject({ verdict: 'violated', smallest, andMore: true })
  })

  test('backlog 2, only searched up to three clients: not decided, and not proved', () => {
    expect(verdictWith(2, () => true, 3)).toMatchObject({ verdict: 'not decided' })
  })

  test('only while two requests wait, backlog 1: violated with as many clients as that takes', () => {
    const finding = verdictWith(1, (l) => l.requests >= 2, 6)
    expect(finding).toMatchObject({ verdict: 'violated' })
    expect(finding!.smallest).toBeGreaterThan(3)
  })

  test('only while more requests wait than the SYN queue takes: no number of clients shows it, and it is proved', () => {
    expect(verdictWith(1, (l) => l.requests > 2, 2)).toMatchObject({ verdict: 'holds', forEvery: true })
  })
})
