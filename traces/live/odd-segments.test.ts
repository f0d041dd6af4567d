/** Segments with an unusual set of flags or text, and shutdown(SHUT_RD), swept over the states in which they arrive. */
import { describe, test } from 'vitest'
import { call, closed, type Decisive, from, type Strange, scriptOf, upTo } from './decisive.ts'
import type { Script, Step } from './script.ts'
import { agree, whyNotSwept } from './testing/sweep.ts'

const whyNot = whyNotSwept()

const accepted = call('server', 'L0', 600, { call: 'accept' })

/** The server's end, and how it comes there; from the client's side nothing more arrives but what is forged. */
const states: Readonly<Record<string, Decisive>> = {
  LISTEN: { lost: [['client', upTo(0)]], steps: [] },
  SYN_RECV: { lost: [['client', upTo(1)]], steps: [] },
  'ESTABLISHED, not accepted': { steps: [] },
  ESTABLISHED: { steps: [accepted] },
  FIN_WAIT1: { lost: [['client', upTo(2)]], steps: [accepted, call('server', 'L0.0', 700, { call: 'close' })] },
  'FIN_WAIT2 by shutdown()': { steps: [accepted, call('server', 'L0.0', 700, { call: 'shutdown', how: 1 })] },
  'FIN_WAIT2 without a process': { steps: closed(false) },
  CLOSE_WAIT: { steps: [accepted, call('client', 'c0', 700, { call: 'shutdown', how: 1 })] },
  TIME_WAIT: { steps: closed(true) },
  'TIME_WAIT, nothing listens': { steps: [...closed(true), call('server', 'L0', 1_200, { call: 'close' })] },
}

/** With FIN or text where there is usually none. */
const odd: Readonly<Record<string, Strange>> = {
  'SYN+FIN that comes next': { flags: 'SF' },
  'SYN+FIN in the window': { flags: 'SF', seq: 100 },
  'old SYN+FIN': { flags: 'SF', seq: -100 },
  'SYN with text': { flags: 'S', len: 5 },
  'FIN without ACK': { flags: 'F' },
}

const heldBack = { tcp_invalid_ratelimit: 0 }

const ended = (at: number): Step[] => [call('server', 'L0.0', at, { call: 'close' })]

describe.skipIf(whyNot !== undefined)('the model does what this kernel does', () => {
  test.each([0, 1])(
    'SYN+FIN and its like in every state, tcp_timestamps %i',
    { timeout: 180_000 },
    (tcp_timestamps) => {
      agree(
        Object.entries(states).flatMap(([state, { lost = [], steps }]) =>
          Object.entries(odd).map(([name, segment]): [string, Script] => [
            `${state}: ${name}`,
            scriptOf({
              settings: { tcp_timestamps, ...heldBack },
              lost,
              steps: [...steps, from('client', 1_500, segment)],
            }),
          ]),
        ),
      )
    },
  )

  test('SYN_SENT: text and FIN on a SYN+ACK, and on a SYN that crosses', { timeout: 120_000 }, () => {
    const answers: Readonly<Record<string, Strange>> = {
      'SYN+ACK with text': { flags: 'S.', len: 5 },
      'SYN+ACK with FIN': { flags: 'SF.' },
      'SYN+ACK with text and FIN': { flags: 'SF.', len: 5 },
      'SYN with text': { flags: 'S', len: 5 },
      'SYN+FIN': { flags: 'SF' },
    }
    const later: Readonly<Record<string, Strange>> = {
      nothing: { flags: '.', seq: 1_000_000, ack: 1_000_000 },
      'the text again': { flags: '.', seq: -5, len: 5 },
      'a FIN': { flags: 'F.', seq: -5 },
    }
    // the SYN goes out again at 1.1 s
    agree(
      [400, 1_300].flatMap((at) =>
        Object.entries(answers).flatMap(([name, segment]) =>
          Object.entries(later).map(([then, again]): [string, Script] => [
            `${name} at ${at} ms, then ${then}`,
            scriptOf({
              settings: { tcp_timestamps: 0, ...heldBack },
              lost: [['client', upTo(0)]],
              steps: [
                from('server', at, segment),
                ...(then === 'nothing' ? [] : [from('server', at + 300, again)]),
                call('client', 'c0', at + 400, { call: 'recv', bytes: 100 }),
                call('client', 'c0', at + 500, { call: 'close' }),
              ],
            }),
          ]),
        ),
      ),
    )
  })

  test('shutdown(SHUT_RD): what comes after it, in which state', { timeout: 120_000 }, () => {
    const deaf = call('server', 'L0.0', 1_000, { call: 'shutdown', how: 0 })
    const before: Readonly<Record<string, readonly Step[]>> = {
      ESTABLISHED: [],
      'ESTABLISHED with unread text': [call('client', 'c0', 800, { call: 'send', bytes: 10 })],
      CLOSE_WAIT: [call('client', 'c0', 800, { call: 'shutdown', how: 1 })],
      FIN_WAIT2: [call('server', 'L0.0', 800, { call: 'shutdown', how: 1 })],
    }
    const after: Readonly<Record<string, readonly Step[]>> = {
      text: [call('client', 'c0', 1_300, { call: 'send', bytes: 10 })],
      'text, read': [
        call('client', 'c0', 1_300, { call: 'send', bytes: 10 }),
        call('server', 'L0.0', 1_600, { call: 'recv', bytes: 100 }),
      ],
      FIN: [call('client', 'c0', 1_300, { call: 'close' })],
      'SHUT_WR, text': [
        call('server', 'L0.0', 1_300, { call: 'shutdown', how: 1 }),
        call('client', 'c0', 1_600, { call: 'send', bytes: 10 }),
      ],
      'text and SHUT_WR': [
        call('client', 'c0', 1_300, { call: 'send', bytes: 10 }),
        call('server', 'L0.0', 1_600, { call: 'shutdown', how: 1 }),
        call('client', 'c0', 1_900, { call: 'send', bytes: 10 }),
      ],
    }
    agree(
      Object.entries(before).flatMap(([state, first]) =>
        Object.entries(after).map(([name, then]): [string, Script] => [
          `${state}: ${name}`,
          scriptOf({ settings: {}, steps: [accepted, ...first, deaf, ...then, ...ended(2_500)] }),
        ]),
      ),
    )
  })
})
