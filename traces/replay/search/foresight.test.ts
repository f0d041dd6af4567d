import { describe, expect, it } from 'vitest'
import { type Flags, type Seq, seq } from '../../../model/index.ts'
import type { Observation } from '../packets/observation.ts'
import { restsOf } from './foresight.ts'

const sent = (from: 'client' | 'server', flags: Flags, number: number, len = 0): Observation => {
  const segment = { flags, seq: seq(number) as Seq, len, ack: seq(1) }
  return { packet: 0, from, ...segment, segment }
}
const opening = [sent('client', 'S', 0), sent('server', 'S.', 0), sent('client', '.', 1)]
const text = (number: number): Observation => sent('client', '.', number, 10)
const rest = (...packets: readonly Observation[]) => restsOf([...opening, ...packets], 'client').slice(opening.length)

describe('what is still to be seen of an end', () => {
  it('nothing after its only text: a FIN would show', () => {
    expect(rest(text(1), sent('server', 'R', 1))).toEqual(['talks', 'silent', 'silent'])
  })
  it('nothing after text that it repeated: the congestion window may hold a FIN back', () => {
    expect(rest(text(1), text(1), sent('server', 'R', 1))).toEqual(['talks', 'closes', 'held back', 'held back'])
  })
  it('nothing after more than the initial window', () => {
    const texts = Array.from({ length: 10 }, (_, i) => text(1 + 10 * i))
    expect(rest(...texts).at(-1)).toBe('held back')
    expect(rest(...texts.slice(2)).at(-1)).toBe('silent')
  })
  it('its last text, after a silence: where that ends', () => {
    const belated = { ...text(11), analysis: { afterRto: true as const } }
    expect(rest(text(1), belated)).toEqual(['talks', 21, 'silent'])
    expect(rest(text(1), sent('client', '.', 11), belated)).toEqual(['talks', 'talks', 21, 'silent'])
    expect(rest(text(1), text(11))).toEqual(['talks', 'talks', 'silent'])
  })
  it('no last text behind a gap, nor one that others follow', () => {
    const belated = { ...text(12), analysis: { afterRto: true as const } }
    expect(rest(text(1), belated)).toEqual(['talks', 'talks', 'silent'])
    expect(rest({ ...text(1), analysis: { afterRto: true } }, text(11))).toEqual(['talks', 'talks', 'silent'])
  })
})
