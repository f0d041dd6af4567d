/** How long an end waits for its peer, swept: keepalive, what disturbs it, and TCP_USER_TIMEOUT. */
import { describe, test } from 'vitest'
import { call, type Decisive, from, type Strange, scriptOf, upTo } from './decisive.ts'
import type { Script, SocketOptionValues, Step } from './script.ts'
import { agree, whyNotSwept } from './testing/sweep.ts'

const whyNot = whyNotSwept()

/** The client's socket has the options, or the listener's; a run is observed for 9 s. */
const having = (options: SocketOptionValues, of: Decisive, on: 'c0' | 'L0' = 'c0'): Script => {
  const run = scriptOf(of)
  const withOptions = ({ does, ...step }: Step): Step =>
    step.socket === on && (does.call === 'connect' || does.call === 'listen')
      ? { ...step, does: { ...does, options } }
      : { ...step, does }
  return { ...run, lasts: 9_000, steps: run.steps.map(withOptions) }
}

const keepalive = (idle: number, interval: number, probes: number, TCP_USER_TIMEOUT = 0): SocketOptionValues => ({
  SO_KEEPALIVE: 1,
  TCP_KEEPIDLE: idle,
  TCP_KEEPINTVL: interval,
  TCP_KEEPCNT: probes,
  TCP_USER_TIMEOUT,
})

/** Nothing that the server sends after its SYN+ACK arrives, or so much of it. */
const unanswered = (last = 40): NonNullable<Decisive['lost']> => [['server', upTo(1, last)]]

const accepted = call('server', 'L0', 400, { call: 'accept' })
const send = (host: Step['host'], socket: string, at: number): Step =>
  call(host, socket, at, { call: 'send', bytes: 10 })

/** What may disturb the client's keepalive at 1.5 s, when it has been idle for 1.4 s of 2 s. */
const strange: Readonly<Record<string, Strange>> = {
  'an ACK': { flags: '.', clock: 1 },
  'an old ACK': { flags: '.', ack: -1, clock: 1 },
  'text with an old ACK': { flags: '.', ack: -1, len: 5, clock: 1 },
  text: { flags: '.', len: 5, clock: 1 },
  'old text': { flags: '.', seq: -1, len: 1, clock: 1 },
  'text behind a gap': { flags: '.', seq: 10, len: 5, clock: 1 },
  'text of an old clock': { flags: '.', len: 5, clock: -5_000 },
  'an ACK beyond the window': { flags: '.', seq: 1_000_000, clock: 1 },
  'a SYN in the window': { flags: 'S', seq: 100, clock: 1 },
  'a RST in the window': { flags: 'R', seq: 7 },
  'an ACK of what was not sent': { flags: '.', ack: 100, clock: 1 },
}

/** What the processes do: the client is idle before and after. */
const uses: Readonly<Record<string, readonly Step[]>> = {
  'the peer writes': [accepted, send('server', 'L0.0', 1_500)],
  'the client writes': [accepted, send('client', 'c0', 1_500)],
  'the peer shuts down': [accepted, call('server', 'L0.0', 1_500, { call: 'shutdown', how: 1 })],
  'the client shuts down': [accepted, call('client', 'c0', 1_500, { call: 'shutdown', how: 1 })],
  'the client reads no more': [accepted, call('client', 'c0', 1_500, { call: 'shutdown', how: 0 })],
}

describe.skipIf(whyNot !== undefined)('the model does what this kernel does', () => {
  test('keepalive: time, interval, probes', { timeout: 120_000 }, () => {
    agree(
      [1, 2].flatMap((idle) =>
        [1, 2].flatMap((interval) =>
          [1, 3].flatMap((probes) =>
            [0, 3, 40].map((lost): [string, Script] => [
              `time ${idle}, interval ${interval}, ${probes} probes, ${lost} answers lost`,
              having(keepalive(idle, interval, probes), { lost: unanswered(1 + lost), steps: [accepted] }),
            ]),
          ),
        ),
      ),
    )
  })

  test('keepalive of a listener: its children have it', { timeout: 120_000 }, () => {
    agree(
      [true, false].flatMap((accepts) =>
        [upTo(2), []].map((lost): [string, Script] => [
          `${accepts ? 'accepted' : 'not accepted'}, ${lost.length} answers lost`,
          having(keepalive(1, 1, 2), { lost: [['client', lost]], steps: accepts ? [accepted] : [] }, 'L0'),
        ]),
      ),
    )
  })

  test('keepalive: what disturbs it', { timeout: 120_000 }, () => {
    const disturbed = {
      ...Object.fromEntries(Object.entries(strange).map(([name, s]) => [name, [from('server', 1_500, s)]])),
      ...uses,
    }
    agree(
      Object.entries(disturbed).flatMap(([name, steps]) =>
        [unanswered(), []].map((lost): [string, Script] => [
          `${name}, ${lost.length ? 'no answers' : 'answered'}`,
          having(keepalive(2, 1, 2), { lost, steps }),
        ]),
      ),
    )
  })

  test('keepalive under TCP_USER_TIMEOUT', { timeout: 120_000 }, () => {
    agree(
      [500, 1_500, 2_500, 3_700].flatMap((userTimeout) =>
        [1, 9].flatMap((probes) =>
          [1, 2].map((interval): [string, Script] => [
            `${userTimeout} ms, ${probes} probes, interval ${interval}`,
            having(keepalive(1, interval, probes, userTimeout), { lost: unanswered(), steps: [accepted] }),
          ]),
        ),
      ),
    )
  })

  test('TCP_USER_TIMEOUT: text and FIN that are not acknowledged', { timeout: 120_000 }, () => {
    const busy = {
      text: [accepted, send('client', 'c0', 1_000)],
      FIN: [accepted, call('client', 'c0', 1_000, { call: 'close' })],
    }
    agree(
      Object.entries(busy).flatMap(([what, steps]) =>
        [100, 300, 700, 1_500, 3_500].flatMap((TCP_USER_TIMEOUT) =>
          [1, 15].map((retries): [string, Script] => [
            `${what}, ${TCP_USER_TIMEOUT} ms, retries ${retries}`,
            having(
              { TCP_USER_TIMEOUT },
              { settings: { tcp_retries2: retries, tcp_orphan_retries: retries }, lost: unanswered(), steps },
            ),
          ]),
        ),
      ),
    )
  })

  test('TCP_USER_TIMEOUT: a SYN that is not answered', { timeout: 120_000 }, () => {
    agree(
      [500, 1_000, 1_500, 2_500, 4_500].flatMap((TCP_USER_TIMEOUT) =>
        [1, 2].flatMap((tcp_syn_retries) =>
          [0, 1].map((tcp_syn_linear_timeouts): [string, Script] => [
            `${TCP_USER_TIMEOUT} ms, tcp_syn_retries ${tcp_syn_retries}, tcp_syn_linear_timeouts ${tcp_syn_linear_timeouts}`,
            having(
              { TCP_USER_TIMEOUT },
              { settings: { tcp_syn_retries, tcp_syn_linear_timeouts }, lost: [['client', upTo(0)]], steps: [] },
            ),
          ]),
        ),
      ),
    )
  })
})
