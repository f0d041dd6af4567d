/** Connections after TIME_WAIT, swept over what lets them begin: by a SYN that arrives, and by connect(). */
import { describe, test } from 'vitest'
import { call, closed, from, LISTENS, PORT, type Strange, scriptOf } from './decisive.ts'
import type { Script, Settings, Step } from './script.ts'
import { agree, whyNotSwept } from './testing/sweep.ts'

const whyNot = whyNotSwept()

const ISS = 1_000_000_000

const again = (at: number, options: { readonly iss?: number; readonly unbound?: true } = {}): Step =>
  call('client', 'c1', at, { call: 'connect', port: PORT, to: LISTENS, ...options })

const setAt = (host: Step['host'], at: number): Step =>
  call(host, 'none', at, { call: 'sysctl', name: 'tcp_timestamps', value: 0 })

/** Whether bind() has chosen the port, of the first connection and of the next. */
const ports = [
  ['bind()', undefined, undefined],
  ['any port', true, true],
  ['any port after bind()', undefined, true],
] as const

/** The client's end closes first, at 0.7 s: from 1.02 s on it is in TIME_WAIT, or stays in FIN_WAIT2. */
const closedByClient = (byBoth: boolean): Step[] => [
  call('server', 'L0', 600, { call: 'accept' }),
  call('client', 'c0', 700, { call: 'close' }),
  ...(byBoth ? [call('server', 'L0.0', 1_000, { call: 'close' })] : []),
]

/** The hosts whose tcp_timestamps are 0 from 1.3 s on. */
const off: readonly (readonly [string, readonly Step[]])[] = [
  ['no host', []],
  ['the client', [setAt('client', 1_300)]],
  ['the server', [setAt('server', 1_300)]],
  [
    'both hosts, the client for the second connection only',
    [
      setAt('client', 1_300),
      setAt('server', 1_300),
      call('client', 'none', 3_600, { call: 'sysctl', name: 'tcp_timestamps', value: 1 }),
    ],
  ],
]

/** The second connection, from 2.4 s; from 3.4 s on it is in TIME_WAIT. */
const secondTime = (unbound?: true): Step[] => [
  again(2_400, unbound && { unbound }),
  call('server', 'L0', 2_800, { call: 'accept' }),
  call('client', 'c1', 2_900, { call: 'close' }),
  call('server', 'L0.1', 3_200, { call: 'close' }),
]

/** `unbound`: the kernel has chosen the port of the first connection, too. */
const ofClient = (settings: Settings, byBoth: boolean, steps: readonly Step[], unbound?: true): Script => {
  const run = scriptOf({ settings, steps: [...closedByClient(byBoth), ...steps] })
  return { ...run, steps: run.steps.map((s) => (unbound && s.socket === 'c0' ? withFirst(s, { unbound }) : s)) }
}

describe.skipIf(whyNot !== undefined)('the model does what this kernel does', () => {
  test('a SYN in TIME_WAIT: which opens anew, and with which number', { timeout: 120_000 }, () => {
    const numbers = [ISS + 1, ISS + 2, ISS + 3, ISS + 100_000, ISS - 100_000]
    agree(
      [0, 1].flatMap((tcp_timestamps) =>
        [0, 10].flatMap((bytes) =>
          numbers.map((iss): [string, Script] => {
            const { steps, ...run } = scriptOf({
              settings: { tcp_timestamps },
              steps: [
                ...closed(true),
                ...(bytes === 0 ? [] : [call('server', 'L0.0', 650, { call: 'send', bytes })]),
                ...(bytes === 0 ? [] : [call('client', 'c0', 680, { call: 'recv', bytes })]),
                again(1_400, { iss }),
              ].sort((a, b) => a.at - b.at),
            })
            const first = steps.map((s) => (s.socket === 'c0' ? withFirst(s, { iss: ISS }) : s))
            return [`timestamps ${tcp_timestamps}, ${bytes} bytes sent, SYN ${iss - ISS}`, { ...run, steps: first }]
          }),
        ),
      ),
    )
  })

  test('connect() over TIME_WAIT: tcp_tw_reuse, and bind()', { timeout: 120_000 }, () => {
    agree(
      [0, 1].flatMap((tcp_timestamps) =>
        [0, 1, 2].flatMap((tcp_tw_reuse) =>
          [1_200, 2_300].flatMap((at) =>
            ports.map(([name, first, then]): [string, Script] => [
              `timestamps ${tcp_timestamps}, tcp_tw_reuse ${tcp_tw_reuse}, at ${at} ms, ${name}`,
              ofClient({ tcp_timestamps, tcp_tw_reuse }, true, [again(at, then && { unbound: then })], first),
            ]),
          ),
        ),
      ),
    )
  })

  test('connect() over TIME_WAIT: tcp_tw_reuse_delay, from its begin', { timeout: 120_000 }, () => {
    const restarts: readonly (readonly [string, readonly Step[]])[] = [
      ['', []],
      [', an ACK at 1.6 s', [from('server', 1_600, { flags: '.' })]],
      [', an ACK with a timestamp at 1.6 s', [from('server', 1_600, { flags: '.', clock: 1 })]],
      [', the FIN again at 1.6 s', [from('server', 1_600, { flags: 'F.', seq: -1, clock: 1 })]],
    ]
    agree(
      [100, 800, 1_000, 3_000].flatMap((tcp_tw_reuse_delay) =>
        [1_400, 2_200].flatMap((at) =>
          restarts.map(([name, steps]): [string, Script] => [
            `tcp_tw_reuse_delay ${tcp_tw_reuse_delay}, at ${at} ms${name}`,
            ofClient({ tcp_tw_reuse: 1, tcp_tw_reuse_delay }, true, [...steps, again(at, { unbound: true })], true),
          ]),
        ),
      ),
    )
  })

  test('connect() over the TIME_WAIT of a connection that had no timestamps, after one that had', {
    timeout: 120_000,
  }, () => {
    agree(
      off.flatMap(([whose, switched]) =>
        ports.map(([name, first, then]): [string, Script] => {
          const third = call('client', 'c2', 4_400, {
            call: 'connect',
            port: PORT,
            to: LISTENS,
            ...(then && { unbound: then }),
          })
          return [
            `timestamps off: ${whose}, ${name}`,
            ofClient({ tcp_tw_reuse: 1 }, true, [...switched, ...secondTime(then), third], first),
          ]
        }),
      ),
    )
  })

  test('what arrives in the TIME_WAIT of a connection that had no timestamps, after one that had', {
    timeout: 120_000,
  }, () => {
    const strange: Readonly<Record<string, Strange>> = {
      'an old clock': { flags: '.', clock: -5_000 },
      'an old clock, and text': { flags: '.', seq: -5, len: 5, clock: -5_000 },
      'an old clock, and RST': { flags: 'R.', clock: -5_000 },
      'a newer clock': { flags: '.', clock: 1 },
      'an older number': { flags: '.', seq: -1 },
      'the FIN again': { flags: 'F.', seq: -1 },
      'a SYN with an older number': { flags: 'S', seq: -100_000 },
      'a SYN with an older number and a newer clock': { flags: 'S', seq: -100_000, clock: 1 },
    }
    agree(
      off.flatMap(([whose, switched]) =>
        Object.entries(strange).map(([name, segment]): [string, Script] => [
          `timestamps off: ${whose}, ${name}`,
          ofClient({ tcp_tw_reuse: 1 }, true, [...switched, ...secondTime(true), from('server', 3_800, segment)], true),
        ]),
      ),
    )
  })

  test('connect() over FIN_WAIT2 without a process', { timeout: 120_000 }, () => {
    agree(
      [0, 1].flatMap((tcp_timestamps) =>
        ports.flatMap(([name, first, then]) =>
          [1_000, 2_300].map((at): [string, Script] => [
            `timestamps ${tcp_timestamps}, at ${at} ms, ${name}`,
            ofClient({ tcp_timestamps, tcp_tw_reuse: 1 }, false, [again(at, then && { unbound: then })], first),
          ]),
        ),
      ),
    )
  })
})

const withFirst = (step: Step, more: { readonly iss?: number; readonly unbound?: true }): Step =>
  step.does.call === 'connect' ? { ...step, does: { ...step.does, ...more } } : step
