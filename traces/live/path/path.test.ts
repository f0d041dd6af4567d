import { describe, expect, test } from 'vitest'
import { modelOf, seq } from '../../../model/index.ts'
import { scenarioNamed, settingOf } from '../../../properties/index.ts'
import { thisKernel } from '../here.ts'
import { named, pathOf } from '../named.ts'
import { whyNotLive } from '../namespaced.ts'
import { published } from '../published.ts'
import { tours, toursTable } from '../tour/tours.ts'
import { tourOf } from '../tour/transitions.ts'
import { type TakenPath, takePaths } from './index.ts'
import { Numbers } from './numbers.ts'

const whyNot =
  process.getuid?.() === 0 ? whyNotLive() : 'the tests make namespaces as root only; halfopen trace run needs no root'
if (whyNot !== undefined) console.warn(`SKIPPED: paths on this kernel: ${whyNot}`)

const taken = (...names: readonly string[]): TakenPath[] => {
  const all: TakenPath[] = []
  const paths = names.map((name) => pathOf(named.find((n) => n.name === name)!)!)
  takePaths(thisKernel, paths, (one, i) => {
    all[i] = one
  })
  return all
}

describe.skipIf(whyNot !== undefined)('paths on this kernel', () => {
  test('listen(0) takes one, a forged SYN+ACK with text makes a child in SYN_RECV: step by step, counters and all', () => {
    for (const { trace, result } of taken('listen(0) takes one', 'a child in SYN_RECV')) {
      expect(result).toMatchObject({ agreed: trace.steps.length, counters: { mismatches: [] } })
      expect(result?.disagreement).toBeUndefined()
    }
  })

  test('what another kernel does, and what takes two CPUs, does not happen: said where, and why', () => {
    const [old, cpus] = taken('any RST in the window kills a request', 'backlog + 2 on two CPUs')
    expect(old?.result?.disagreement).toMatchObject({ step: 4, says: expect.stringContaining('the model has none') })
    expect(cpus).toMatchObject({ whyNot: expect.stringContaining('two CPUs') })
  })

  test('a tour of a closed port: its transitions are taken as the model takes them', () => {
    const [row] = tours(thisKernel, [scenarioNamed('closed-port')!], { worlds: 40, paths: 3 })
    expect(row).toMatchObject({ scenario: 'closed-port', disagreed: [], isWhole: false })
    expect(row!.agreed).toBeGreaterThan(3)
    expect(toursTable([row!])).toContain(`it takes ${row!.agreed} as the model does: 100.0 %`)
  })
})

test('the paths of a tour take every kind of transition', () => {
  const tour = tourOf(modelOf(settingOf(scenarioNamed('closed-port')!)), 1_000)
  expect(new Set(tour.kinds.flat()).size).toBe(tour.total)
  expect(tour.isWhole).toBe(true)
})

describe('numbers', () => {
  const syn = { flags: 'S.' as const, seq: seq(500), ack: seq(101), len: 0 }

  test('a SYN tells where an end begins; what follows must lie as far behind it as in the model', () => {
    const numbers = new Numbers(8)
    expect(numbers.choose('client', seq(100))).toBe(100)
    expect(numbers.agree('server', syn, { ...syn, seq: seq(9_000) })).toBe(true)
    const text = { flags: '.' as const, seq: seq(501), ack: seq(101), len: 1 }
    expect(numbers.agree('server', text, { ...text, seq: seq(9_001) })).toBe(true)
    expect(numbers.agree('server', text, { ...text, seq: seq(9_002) })).toBe(false)
    expect(numbers.agree('server', text, { ...text, seq: seq(9_001), len: 2 })).toBe(false)
    expect(numbers.real('server', seq(499))).toBe(8_999)
  })

  test('out of the window of the model is out of any window; nothing is known of an end that was silent', () => {
    const numbers = new Numbers(8)
    numbers.choose('client', seq(100))
    expect(numbers.real('client', seq(108))).toBe(108)
    expect(numbers.real('client', seq(150))).toBeGreaterThan(2 ** 20)
    expect(numbers.real('server', seq(500))).toBeUndefined()
  })
})

test('a table stands in its place on its page, and nowhere else', () => {
  const page = 'a\n<!-- x -->\nold\n<!-- /x -->\nb\n'
  expect(published(page, 'x', '| new |\n')).toBe('a\n<!-- x -->\n\n| new |\n\n<!-- /x -->\nb\n')
  expect(() => published(page, 'y', '')).toThrow('no place for y')
})
