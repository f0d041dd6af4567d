/** Segments that neither end has sent, swept over what a rule looks at: the model does what this kernel does. */
import { describe, expect, test } from 'vitest'
import { profiles } from '../../model/index.ts'
import { compareRuns } from './compare.ts'
import { closed, type Decisive, from, type Strange, scriptOf, upTo } from './decisive.ts'
import { thisKernel } from './here.ts'
import { whyNotLive } from './namespaced.ts'
import type { Settings, Step } from './script.ts'

const whyNot = process.getuid?.() === 0 ? whyNotLive() : 'the tests make namespaces as root only'
if (whyNot !== undefined) console.warn(`SKIPPED: rules swept on this kernel: ${whyNot}`)

/** Three times: the second within tcp_invalid_ratelimit (500 ms) of the first, the third after it. */
const thrice = (host: Step['host'], at: number, segment: Strange): Step[] =>
  [0, 250, 900].map((ms) => from(host, at + ms, segment))

/** By what the segment is, and with timestamps by whether they are old. */
const strange: Readonly<Record<string, Strange>> = {
  'an old ACK': { flags: '.', seq: -1 },
  'an old ACK of an old clock': { flags: '.', seq: -1, clock: -5_000 },
  'an ACK of an old clock': { flags: '.', clock: -5_000, ack: -1 },
  'old text': { flags: '.', seq: -1, len: 1 },
  'text of an old clock': { flags: '.', len: 5, clock: -5_000 },
  'a FIN again': { flags: 'F.', seq: -1 },
  'text beyond the window': { flags: '.', seq: 1_000_000, len: 1 },
  'an ACK beyond the window': { flags: '.', seq: 1_000_000 },
  'a FIN beyond the window': { flags: 'F.', seq: 1_000_000 },
  'a SYN in the window': { flags: 'S', seq: 100 },
  'an old SYN': { flags: 'S', seq: -100 },
  'a SYN of an old clock': { flags: 'S', seq: 100, clock: -5_000 },
  'a RST in the window': { flags: 'R', seq: 7 },
}

const limits = [0, 500].map((tcp_invalid_ratelimit): Settings => ({ tcp_invalid_ratelimit }))

describe.skipIf(whyNot !== undefined)('the model does what this kernel does', () => {
  const agree = (swept: readonly (readonly [name: string, of: Decisive])[]) => {
    const scripts = swept.map(([, of]) => scriptOf(of))
    const { disagreements, counters } = compareRuns(thisKernel, scripts, profiles['linux-6.18'], { shrinking: 0 })
    expect(disagreements.map((d) => [swept[d.run]![0], d.says])).toEqual([])
    expect(counters.total).toBeGreaterThan(0)
  }

  test('SYN_SENT: an ACK whose timestamp echoes another SYN is reset', { timeout: 120_000 }, () => {
    const echoes = [-100_000, -1_200, -500, -1, 0, 100, 100_000]
    const flags = ['S.', 'R.', '.'] as const
    agree(
      [0, 1].flatMap((tcp_timestamps) =>
        flags.flatMap((f) =>
          echoes.map((echo): [string, Decisive] => [
            `${f}, echo ${echo}, timestamps ${tcp_timestamps}`,
            {
              settings: { tcp_timestamps },
              lost: [['client', upTo(0)]],
              steps: [from('server', 1_500, { flags: f, clock: 0, echo })], // after the second SYN, at 1.1 s
            },
          ]),
        ),
      ),
    )
  })

  test.each([
    ['ESTABLISHED', [], 1],
    ['FIN_WAIT2 without a process', closed(false), 3],
    ['TIME_WAIT', closed(true), 3],
  ] as const)('%s: what holds back the answers to strange segments', { timeout: 120_000 }, (_, steps, answers) => {
    agree(
      limits.flatMap((settings) =>
        Object.entries(strange).map(([name, segment]): [string, Decisive] => [
          `${name}, ${JSON.stringify(settings)}`,
          { settings, lost: [['server', upTo(answers)]], steps: [...steps, ...thrice('client', 1_500, segment)] },
        ]),
      ),
    )
  })

  test('SYN_RECV: what holds back the answers of a request', { timeout: 120_000 }, () => {
    // what echoes the latest ACK, and no SYN+ACK, counts TSEcrRejected: that is not modelled
    const asked = Object.entries(strange).filter(([, { clock }]) => clock !== 0)
    agree(
      limits.flatMap((settings) =>
        asked.map(([name, segment]): [string, Decisive] => [
          `${name}, ${JSON.stringify(settings)}`,
          { settings, lost: [['server', upTo(0)]], steps: thrice('client', 200, segment) },
        ]),
      ),
    )
  })

  test('tcp_challenge_ack_limit 0 limits nothing', { timeout: 60_000 }, () => {
    const settings = { tcp_challenge_ack_limit: 0, tcp_invalid_ratelimit: 0 }
    const steps = upTo(0).map((n) => from('client', 1_500 + n * 20, { flags: 'S', seq: 100 }))
    agree([['twelve SYNs', { settings, lost: [['server', upTo(1, 20)]], steps }]])
  })
})
