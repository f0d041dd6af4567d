/** The two queues: their limits per kernel, and what they answer. linux: tcp_conn_request, sk_acceptq_is_full */
import { describe, expect, test } from 'vitest'
import type { ProfileName } from '../profile/index.ts'
import { stack } from '../testing/stack.ts'
import { answer, listen, takeHead } from './listener.ts'
import { isAcceptQueueFull, isSynQueueFull } from './queues.ts'
import type { Listener } from './types.ts'

const st = stack()
const queues = (over: Partial<Listener>): Listener => ({ backlog: 1, acceptQueue: 0, requests: 0, young: 0, ...over })
const admit = (l: Listener, s = st, approved = false) => answer(l, { ask: 'admit', approved }, s)!.answer

/** How many SYNs are admitted in a row while nobody answers. */
const admitted = (backlog: number, s = st): number => {
  let l: Listener = listen(backlog, s)
  for (let n = 0; n < 2000; n += 1) {
    const a = answer(l, { ask: 'admit', approved: false }, s)!
    if (a.answer.answer !== 'admitted') return n
    l = a.to
  }
  return Number.POSITIVE_INFINITY
}

describe('listen()', () => {
  const small = stack({ sysctls: { somaxconn: 16 } })

  test('takes the smaller of backlog and somaxconn; 0 stays 0, a negative one becomes somaxconn', () => {
    expect([5, 16, 1000, 0, -1].map((b) => listen(b, small).backlog)).toEqual([5, 16, 16, 0, 16])
  })

  test('begins with empty queues', () => {
    expect(listen(5, st)).toEqual({ backlog: 5, acceptQueue: 0, requests: 0, young: 0 })
  })
})

describe('the accept queue', () => {
  test.each([0, 1, 5])('with backlog %i is full at B + 1', (backlog) => {
    expect(
      [backlog, backlog + 1].map((acceptQueue) => isAcceptQueueFull(queues({ backlog, acceptQueue }), st)),
    ).toEqual([false, true])
  })

  test('rfc9293: has no limit', () => {
    expect(isAcceptQueueFull(queues({ acceptQueue: 99 }), stack({ profile: 'rfc9293' }))).toBe(false)
  })

  test('accept() takes one, and waits on an empty queue', () => {
    expect(takeHead(queues({ acceptQueue: 2 }))).toEqual(queues({ acceptQueue: 1 }))
    expect(takeHead(queues({}))).toBeUndefined()
  })
})

describe('the SYN queue', () => {
  test.each([
    ['linux-6.18', 1, 2, 9],
    ['linux-6.1', 0, 1, 8],
    ['linux-4.4', 0, 1, 8],
    ['linux-3.10', 16, 16, 16],
  ] as const)('%s: backlogs 0, 1, 8 hold %i, %i, %i requests', (profile, ...limits) => {
    expect([0, 1, 8].map((backlog) => admitted(backlog, stack({ profile })))).toEqual(limits)
  })

  test.each([
    [1, 16],
    [7, 16],
    [8, 16],
    [15, 16],
    [16, 32],
    [128, 256],
  ])('linux-3.10: backlog %i makes a table for %i', (backlog, size) => {
    const old = stack({ profile: 'linux-3.10' })
    expect([size - 1, size].map((requests) => isSynQueueFull(queues({ backlog, requests }), old))).toEqual([
      false,
      true,
    ])
  })

  test('linux-3.10: tcp_max_syn_backlog limits the table', () => {
    const old = stack({ profile: 'linux-3.10', sysctls: { tcp_max_syn_backlog: 20 } })
    expect([31, 32].map((requests) => isSynQueueFull(queues({ backlog: 100, requests }), old))).toEqual([false, true])
  })

  test('rfc9293: has no limit', () => {
    expect(isSynQueueFull(queues({ requests: 999 }), stack({ profile: 'rfc9293' }))).toBe(false)
  })
})

/** Measured on Linux 6.18: backlog, tcp_max_syn_backlog, requests in SYN_RECV. */
const measured = [
  [0, 2048, 1],
  [1, 2048, 2],
  [4, 2048, 5],
  [7, 2048, 8],
  [8, 2048, 9],
  [16, 2048, 17],
  [128, 2048, 129],
  [511, 2048, 512],
  [8, 8, 7],
  [16, 8, 7],
  [256, 128, 97],
  [128, 128, 97],
  [100, 0, 1],
  [100, 1, 2],
  [100, 2, 3],
  [100, 3, 4],
  [100, 4, 4],
  [100, 5, 5],
  [100, 16, 13],
  [100, 17, 14],
  [100, 18, 15],
  [100, 19, 16],
  [100, 64, 49],
  [100, 128, 97],
  [100, 129, 98],
  [100, 130, 99],
  [100, 132, 100],
  [512, 256, 193],
  [1024, 512, 385],
] as const

describe('three quarters of tcp_max_syn_backlog', () => {
  test.each(measured)('backlog %i, tcp_max_syn_backlog %i: %i requests, as measured', (backlog, limit, requests) => {
    expect(admitted(backlog, stack({ sysctls: { tcp_max_syn_backlog: limit } }))).toBe(requests)
  })

  test('with cookies on: not asked', () => {
    expect(admitted(8, stack({ sysctls: { tcp_max_syn_backlog: 8, tcp_syncookies: 1 } }))).toBe(9)
  })

  test('clamped by somaxconn first', () => {
    expect(admitted(1000, stack({ sysctls: { somaxconn: 16 } }))).toBe(17)
    expect(admitted(1000, stack({ sysctls: { somaxconn: 128, tcp_max_syn_backlog: 16 } }))).toBe(13)
  })
})

describe('a SYN', () => {
  const full = { acceptQueue: 2 }

  test('is admitted as one more young request', () => {
    expect(answer(queues({}), { ask: 'admit', approved: false }, st)).toEqual({
      to: queues({ requests: 1, young: 1 }),
      answer: { answer: 'admitted' },
    })
  })

  test('meets a full SYN queue, asked first', () => {
    const a = admit(queues({ ...full, requests: 2, young: 2 }))
    expect(a).toEqual({ answer: 'dropped', count: ['TCPReqQFullDrop', 'ListenDrops'] })
  })

  test('meets a full accept queue', () => {
    expect(admit(queues(full))).toEqual({ answer: 'dropped', count: ['ListenOverflows', 'ListenDrops'] })
  })

  test('meets three quarters of tcp_max_syn_backlog: a ListenDrop and nothing else', () => {
    const a = admit(queues({ backlog: 8, requests: 2 }), stack({ sysctls: { tcp_max_syn_backlog: 1 } }))
    expect(a).toEqual({ answer: 'dropped', count: ['ListenDrops'] })
  })

  test.each([
    ['linux-6.18', ['dropped', 'dropped', 'dropped']],
    ['linux-5.10', ['dropped', 'dropped', 'dropped']],
    ['linux-4.9', ['admitted', 'admitted', 'dropped']],
    ['linux-3.10', ['admitted', 'admitted', 'dropped']],
    ['rfc9293', ['admitted', 'admitted', 'admitted']],
  ] as readonly [ProfileName, string[]][])(
    'meets a full accept queue with 0, 1, 2 young requests, %s: %o',
    (profile, says) => {
      const s = stack({ profile })
      const at = (young: number) => admit({ ...queues({ backlog: 4, acceptQueue: 5, requests: 2 }), young }, s).answer
      expect([0, 1, 2].map(at)).toEqual(says)
    },
  )

  test('that TIME_WAIT approved passes a full SYN queue, but not a full accept queue', () => {
    expect(admit(queues({ requests: 9 }), st, true)).toEqual({ answer: 'admitted' })
    expect(admit(queues({ requests: 9 }), stack({ sysctls: { tcp_max_syn_backlog: 0 } }), true)).toEqual({
      answer: 'admitted',
    })
    expect(admit(queues({ ...full, requests: 9 }), st, true)).toEqual({
      answer: 'dropped',
      count: ['ListenOverflows', 'ListenDrops'],
    })
  })
})

describe('a third ACK', () => {
  const promote = (l: Listener, young: boolean, s = st) => answer(l, { ask: 'promote', young }, s)

  test('moves a request to the end of the accept queue', () => {
    expect(promote(queues({ acceptQueue: 1, requests: 2, young: 1 }), true)).toEqual({
      to: queues({ acceptQueue: 2, requests: 1, young: 0 }),
      answer: { answer: 'child', place: 1 },
    })
    expect(promote(queues({ requests: 2, young: 1 }), false)!.to).toEqual(
      queues({ acceptQueue: 1, requests: 1, young: 1 }),
    )
  })

  test('meets a full accept queue: nothing changes', () => {
    const l = queues({ acceptQueue: 2, requests: 1, young: 1 })
    expect(promote(l, true)).toEqual({ to: l, answer: { answer: 'overflow' } })
  })

  test('meets a full accept queue with tcp_abort_on_overflow: the request goes', () => {
    const abort = stack({ sysctls: { tcp_abort_on_overflow: 1 } })
    expect(promote(queues({ acceptQueue: 2, requests: 1, young: 1 }), true, abort)).toEqual({
      to: queues({ acceptQueue: 2 }),
      answer: { answer: 'overflow' },
    })
  })
})

describe('requests that end or age', () => {
  test('release gives the place back, age takes the youth', () => {
    expect(answer(queues({ requests: 1, young: 1 }), { ask: 'release', young: true }, st)!.to).toEqual(queues({}))
    expect(answer(queues({ requests: 1, young: 1 }), { ask: 'age' }, st)!.to).toEqual(queues({ requests: 1 }))
    expect(answer(queues({}), { ask: 'nothing' }, st)!.to).toEqual(queues({}))
  })

  test('what no reachable world asks has no answer', () => {
    expect(answer(queues({}), { ask: 'release', young: false }, st)).toBeUndefined()
    expect(answer(queues({ requests: 1 }), { ask: 'age' }, st)).toBeUndefined()
    expect(answer(queues({}), { ask: 'promote', young: false }, st)).toBeUndefined()
  })
})
