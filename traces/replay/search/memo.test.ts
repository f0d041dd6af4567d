/** The reducers are asked once for each distinct question. */
import { describe, expect, it } from 'vitest'
import { pureAck, seq } from '../../../model/index.ts'
import type { Actor, Rest } from '../actors/hypothesis.ts'
import { ProfileReads } from '../actors/profile-reads.ts'
import { replayStack } from '../actors/stacks.ts'
import { AutomataPool } from './automata.ts'

interface End {
  readonly n: number
}

const ack = pureAck(seq(1), seq(1))

/** An end that counts what arrives, and when it is silent tells by a trait of its kernel what comes of it. */
const counters = () => {
  const asked = { arrive: 0, hiddenMoves: 0 }
  const actorOf = (kernel: 'linux-6.18' | 'linux-3.10'): Actor<End> => {
    const traits = new ProfileReads(replayStack(kernel))
    return {
      side: 'client',
      traits,
      start: { n: 0 },
      arrive: ({ n }) => {
        asked.arrive += 1
        return [{ to: { n: n + 1 }, send: [], cost: 0 }]
      },
      hiddenMoves: () => {
        asked.hiddenMoves += 1
        return traits.stack.dialect.bareSyn === 'drop' ? [] : [{ to: { n: 0 }, send: [], cost: 1 }]
      },
      emissions: () => [],
      arriveWithoutRoom: () => [],
      renumbered: (end) => end,
      acknowledgedUpTo: (end) => end,
      withoutOldestAck: (end) => end,
      receivedUpTo: (end) => end,
      segment: (s) => s,
      standing: () => undefined,
      name: () => 'ESTABLISHED',
    }
  }
  const pool = new AutomataPool<End, 'linux-6.18' | 'linux-3.10'>()
  const of = (told: string) => pool.of(told, ['linux-6.18', 'linux-3.10'], actorOf)
  return { asked, of }
}

const SILENT: Rest = 'silent'

describe('a question', () => {
  it('is asked once, for equal ends and for kernels that are alike in all that the answer looks at', () => {
    const { asked, of } = counters()
    const [modern, old] = [...of('').family.members.values()]
    const [first] = modern!.arrive({ n: 0 }, ack)
    const [second] = old!.arrive({ n: 0 }, { ...ack })
    expect(second!.to).toBe(first!.to)
    expect(asked.arrive).toBe(1)
  })
  it('is asked again of a kernel that differs in that', () => {
    const { asked, of } = counters()
    const [modern, old] = [...of('').family.members.values()]
    expect([modern!.hiddenMoves({ n: 0 }, SILENT).length, old!.hiddenMoves({ n: 0 }, SILENT).length]).toEqual([1, 0])
    expect(asked.hiddenMoves).toBe(2)
  })
  it('tells which searches are the same: all that was asked was answered alike', () => {
    const { of } = counters()
    const { family } = of('')
    const { asked: plain } = family.watch(() => family.members.get('linux-6.18')!.arrive({ n: 0 }, ack))
    expect(family.agree('linux-6.18', 'linux-3.10', plain)).toBe(true)
    const { asked: telling } = family.watch(() => family.members.get('linux-6.18')!.hiddenMoves({ n: 0 }, SILENT))
    expect(family.agree('linux-6.18', 'linux-3.10', telling)).toBe(false)
  })
})

describe('automata', () => {
  it('are shared by searches of which the same is told, and by no others', () => {
    const { of } = counters()
    expect(of('one')).toBe(of('one'))
    expect(of('one')).not.toBe(of('other'))
  })
  it('are forgotten after many questions', () => {
    const { of } = counters()
    const automata = of('')
    const member = automata.family.members.get('linux-6.18')!
    for (let n = 0; n <= 60_000; n++) member.arrive({ n }, ack)
    expect(of('')).not.toBe(automata)
  })
})
