import { describe, expect, it } from 'vitest'
import type { Ends } from './ends.ts'
import type { Explained } from './explain.ts'
import type { Assumption, AssumptionId, Reading } from './readings/index.ts'
import { contradicting, isDivergence, isExplained, judge, type ReplayVerdict, verdictOfAll } from './verdict.ts'

const assumption = (id: AssumptionId, ceiling: ReplayVerdict, more: Partial<Assumption> = {}): Assumption => ({
  id,
  packets: [7],
  ceiling,
  words: `assumed: ${id}`,
  ...more,
})
const divergence = { packet: 5, reason: 'nothing explains it', allowed: [] }
const explained = (assumes: readonly Assumption[] = [], more: Partial<Explained> = {}): Explained => ({
  reading: { packets: [], assumes, evidence: {} } satisfies Reading,
  ends: {} as Ends,
  contradicted: [],
  ...more,
})
const failing = (assumes: readonly Assumption[] = [], { cut = false } = {}): Explained =>
  explained(assumes, { failure: { packet: 5, divergence: () => divergence, cut } })

describe('the plain reading', () => {
  it('explained: conforms', () => expect(judge(explained()).judgement).toEqual({ verdict: 'conforms' }))
  it('not explained: diverges', () => {
    expect(judge(failing()).judgement).toEqual({ verdict: 'diverges', divergence })
    expect(isDivergence(failing())).toBe(true)
  })
  it('not explained, and a bound dropped hypotheses: inconclusive', () => {
    const cut = failing([], { cut: true })
    expect(judge(cut).judgement).toMatchObject({ verdict: 'inconclusive', divergence, reason: expect.any(String) })
    expect(isDivergence(cut)).toBe(false)
  })
  it('explained, but evidence agrees with no hypothesis: diverges', () => {
    const contradictions = ['line 3 says ESTABLISHED']
    const e = explained([], { contradicted: contradictions })
    expect(judge(e).judgement).toEqual({ verdict: 'diverges', contradictions })
    expect(isDivergence(e)).toBe(false)
  })
  it.each(['clock-step', 'injected', 'offload', 'old-duplicate'] as const)('under %s: as without', (id) => {
    expect(judge(explained([assumption(id, 'conforms')])).judgement.verdict).toBe('conforms')
    expect(judge(failing([assumption(id, 'conforms')])).judgement.verdict).toBe('diverges')
  })
})

describe('from the middle', () => {
  const midstream = assumption('midstream', 'conforms', { excuses: [5, 8] })
  it('explained: conforms', () => expect(judge(explained([midstream])).judgement.verdict).toBe('conforms'))
  it('not explained at the first packet of an end: inconclusive, for what came before is not shown', () => {
    const { judgement } = judge(failing([midstream]))
    expect(judgement).toMatchObject({ verdict: 'inconclusive', divergence })
    expect(judgement.reason).toMatch(/^assumed: midstream; .* packet 5$/)
  })
  it('not explained later: diverges', () => {
    expect(judge(failing([{ ...midstream, excuses: [1, 2] }])).judgement.verdict).toBe('diverges')
  })
})

describe('one direction', () => {
  const one = assumption('one-direction', 'inconclusive', { excuses: 'all' })
  it.each([
    ['explained', explained([one])],
    ['not explained', failing([one])],
  ])('%s: inconclusive', (_, e) => {
    expect(judge(e).judgement).toEqual({ verdict: 'inconclusive', reason: 'assumed: one-direction' })
    expect([isDivergence(e), isExplained(e)]).toEqual([false, false])
  })
})

describe('another reading is explained, the plain one is not', () => {
  const plain = failing()
  it('suspected packets: inconclusive, told as captured, and the states without them', () => {
    const other = explained([assumption('suspected-forged', 'inconclusive')])
    expect(judge(plain, other)).toEqual({
      judgement: { verdict: 'inconclusive', reason: 'assumed: suspected-forged', divergence, suspected: [7] },
      told: plain,
      onward: other,
    })
  })
  it('packets that the capture says it dropped: inconclusive, told with them', () => {
    const other = explained([assumption('not-captured', 'inconclusive')])
    expect(judge(plain, other)).toEqual({
      judgement: { verdict: 'inconclusive', reason: 'assumed: not-captured', divergence },
      told: other,
    })
  })
  it('a departure that has a name: diverges by its words, and states are told as if it were none', () => {
    const other = explained([assumption('departure', 'diverges')])
    expect(judge(plain, other)).toEqual({
      judgement: { verdict: 'diverges', divergence: { ...divergence, reason: 'assumed: departure' } },
      told: plain,
      onward: other,
    })
  })
  it('packets that the capture does not say it dropped: diverges, with the remark', () => {
    const other = explained([assumption('not-captured', 'diverges')])
    const { judgement, told, onward } = judge(plain, other)
    expect(told).toBe(plain)
    expect(onward).toBe(other)
    expect(judgement).toEqual({
      verdict: 'diverges',
      divergence: { ...divergence, reason: 'nothing explains it. Or assumed: not-captured' },
    })
  })
  it('without a piece of evidence: diverges, for the packets contradict it', () => {
    const other = explained([assumption('evidence', 'diverges')], { contradicted: ['another piece'] })
    expect(isExplained(other)).toBe(true)
    expect(judge(plain, other)).toEqual({
      judgement: { verdict: 'diverges', contradictions: ['assumed: evidence', 'another piece'] },
      told: other,
    })
  })
  it('is none where it fails, or evidence contradicts it', () => {
    const suspected = assumption('suspected-forged', 'inconclusive')
    expect(isExplained(failing([suspected]))).toBe(false)
    expect(isExplained(explained([suspected], { contradicted: ['a line'] }))).toBe(false)
    expect(isExplained(explained([suspected]))).toBe(true)
  })
})

it('evidence against all causes that the packets leave: diverges', () => {
  expect(contradicting({ verdict: 'conforms' }, [])).toEqual({ verdict: 'conforms' })
  expect(contradicting({ verdict: 'inconclusive', contradictions: ['a'] }, ['b'])).toEqual({
    verdict: 'diverges',
    contradictions: ['a', 'b'],
  })
})

it.each<[readonly ReplayVerdict[], { isContradicted?: boolean; isOpen?: boolean }, ReplayVerdict]>([
  [['conforms', 'conforms'], {}, 'conforms'],
  [['conforms', 'inconclusive'], {}, 'inconclusive'],
  [['inconclusive', 'diverges'], { isOpen: true }, 'diverges'],
  [['conforms'], { isOpen: true }, 'inconclusive'],
  [['conforms'], { isContradicted: true }, 'diverges'],
  [[], {}, 'inconclusive'],
])('connections %j, %j: the capture %s', (all, { isContradicted = false, isOpen = false }, verdict) => {
  expect(verdictOfAll(all, { isContradicted, isOpen })).toBe(verdict)
})
