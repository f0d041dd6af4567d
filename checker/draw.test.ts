import { expect, test } from 'vitest'
import { check } from './check.ts'
import { drawPath } from './draw.ts'
import { alternatingBit, alternatingBitProperties } from './examples/alternating-bit.ts'
import { mutex, mutexProperties } from './examples/mutex.ts'

test('a step per line, its changes below; nested members by name', () => {
  const system = alternatingBit({ oneBit: false })
  const { path } = check(system, alternatingBitProperties).findings[0]!
  const lines = drawPath(system, path!).split('\n')
  expect(lines[0]).toBe('   1  link: send')
  expect(lines[1]).toBe('      data null → {"bit":0,"message":0}')
  expect(lines.join('\n')).toContain('receiver.expects 0 → 1 · receiver.delivered 2 → 0')
})

test('a lasso: where it begins and what it comes back to', () => {
  const careless = { ...mutex, rules: mutex.rules.map((rule) => ({ ...rule, fairness: 'weak' as const })) }
  const text = drawPath(careless, check(careless, mutexProperties).findings[1]!.path!)
  expect(text).toContain('╭── from here on it goes round for ever')
  expect(text).toMatch(/╰── and everything is as it was after step \d\n$/)
  expect(text).toContain('at waiting → inside · lock free → taken')
})
