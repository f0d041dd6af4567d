import { describe, expect, test } from 'vitest'
import { profiles } from '../../model/index.ts'
import { capacity } from './capacity.ts'
import { judge, type Outcome } from './decide.ts'
import { articles, claimKernels, claimNamed, claims, decideClaims as decide } from './index.ts'

const decisions = decide(claims)

describe.each(claimKernels)('%s', (kernel) => {
  const asked = claims.filter((c) => c.verdicts[kernel] !== undefined)
  test.each(asked.map((c) => c.id))('%s comes out as the ledger says', (id) => {
    const { verdict, expected, outcomes } = decisions.find((d) => d.claim.id === id && d.kernel === kernel)!
    const came = outcomes.map(({ experiment, came }) => `${came} for ${experiment.claimed}`).join(', ')
    expect(`${verdict}: ${came}`).toBe(`${expected}: ${came}`)
  })
})

test('no experiment is about nothing', () => {
  const empty = decisions.filter((d) => d.outcomes.some(({ came }) => came === 'not applicable'))
  expect(empty.map((d) => `${d.kernel} ${d.claim.id}`)).toEqual([])
})

describe('the ledger', () => {
  test('names each claim once', () => expect(new Set(claims.map((c) => c.id)).size).toBe(claims.length))
  test('uses every article', () => {
    expect(new Set(claims.flatMap((c) => c.articles))).toEqual(new Set(Object.keys(articles)))
  })
  test.each(claims)('$id has a verdict or a reason for every kernel, and a condition where it needs one', (claim) => {
    const { verdicts, unasked = {}, onlyIf, experiments } = claim
    for (const kernel of claimKernels) expect([verdicts[kernel], unasked[kernel]].filter(Boolean)).toHaveLength(1)
    const isConditional = Object.values(verdicts).includes('only if')
    expect([onlyIf !== undefined, experiments.some((e) => e.granted)]).toEqual([isConditional, isConditional])
    expect(experiments.every((e) => e.granted)).toBe(false)
  })
  test('has claims of every kind: true, false, true of some kernels, true on a condition', () => {
    const kinds = claims.map(({ verdicts }) => [...new Set(Object.values(verdicts))].join(' or '))
    expect(new Set(kinds)).toEqual(new Set(['true', 'false', 'only if', 'false or true', 'true or false']))
  })
})

test('a ledger that is wrong is found out', () => {
  const claim = { ...claimNamed('netstat-recv-q-is-syn-backlog')!, verdicts: { 'linux-6.18': 'true' } } as const
  expect(decide([claim])).toMatchObject([{ kernel: 'linux-6.18', verdict: 'false', expected: 'true' }])
})

test('a search that a bound ends decides nothing', () => {
  const verdicts = decide([claimNamed('ghost-exists')!], { maxDepth: 2 }).map((d) => d.verdict)
  expect(new Set(verdicts)).toEqual(new Set(['inconclusive']))
})

describe('judged', () => {
  const [open, granted] = claimNamed('full-syn-queue-drops')!.experiments
  const outcomes = (plain: 'reached' | 'not reached', conditional: 'reached' | 'not reached'): Outcome[] => [
    { experiment: open!, came: plain },
    { experiment: granted!, came: conditional },
  ]
  test.each([
    ['reached', 'reached', 'true'],
    ['not reached', 'reached', 'only if'],
    ['reached', 'not reached', 'false'],
    ['not reached', 'not reached', 'false'],
  ] as const)('%s, and %s where the condition is granted: %s', (plain, conditional, verdict) => {
    expect(judge(outcomes(plain, conditional))).toBe(verdict)
  })
})

/** Counted on 6.18.44 with clients that never acknowledge, and by the formulas of older kernels. */
describe('capacity', () => {
  const filled = (
    kernel: keyof typeof profiles,
    queue: 'SYN queue' | 'accept queue',
    backlog: number,
    sysctls: Partial<Record<'somaxconn' | 'tcp_max_syn_backlog' | 'tcp_syncookies', number>> = {},
  ) => {
    const durations = { initialRto: 1, msl: 2, timeWait: 4, finTimeout: 3, invalidRatelimit: 0 }
    const { dialect, sysctls: shipped } = profiles[kernel]
    const stack = { dialect, sysctls: { ...shipped, ...sysctls }, durations, window: 8, mss: 4, delayedAcks: false }
    return capacity({ queue, backlog, sysctls, claimed: 0 }, stack)
  }
  test.each([
    [0, 2048, 0, 1],
    [8, 2048, 0, 9],
    [128, 2048, 0, 129],
    [8, 8, 0, 7],
    [100, 0, 0, 1],
    [100, 1, 0, 2],
    [100, 4, 0, 4],
    [100, 64, 0, 49],
    [512, 256, 0, 193],
    [128, 128, 1, 129],
    [8, 8, 2, 0],
  ])(
    '6.18, backlog %i, tcp_max_syn_backlog %i, tcp_syncookies %i: %i requests',
    (backlog, limit, cookies, requests) => {
      const sysctls = { tcp_max_syn_backlog: limit, tcp_syncookies: cookies }
      expect(filled('linux-6.18', 'SYN queue', backlog, sysctls)).toBe(requests)
    },
  )
  test('older kernels: as many as the backlog, or a table', () => {
    const sysctls = { tcp_max_syn_backlog: 2048, tcp_syncookies: 0 }
    expect(filled('linux-4.4', 'SYN queue', 128, { ...sysctls, somaxconn: 4096 })).toBe(128)
    expect(filled('linux-3.10', 'SYN queue', 128, { ...sysctls, somaxconn: 4096 })).toBe(256)
  })
  test('the accept queue: one more than the smaller of backlog and somaxconn', () => {
    expect(filled('linux-6.18', 'accept queue', 1000, { somaxconn: 16 })).toBe(17)
    expect(filled('linux-6.18', 'accept queue', 0)).toBe(1)
  })
})
