/** Each of the twelve rules in which FreeBSD answers otherwise than Linux is found by search: `check SCENARIO --against freebsd-14`. */
import { expect, it } from 'vitest'
import { compareProfiles } from './against.ts'
import { scenarios } from './scenarios/index.ts'
import { shown } from './testing/shown.ts'

/** What the last step of the shortest difference shows: on Linux, and on FreeBSD. */
const twelve: readonly (readonly [rule: string, scenario: string, linux: RegExp, freebsd: RegExp])[] = [
  ['SYN+ACK to LISTEN: RST, or silence', 'SYN-ACK-at-LISTEN', /sent \[R\] 501/, /^(?!.*sent)/],
  ['FIN in FIN_WAIT1: ACK, or the own FIN again', 'simultaneous-close', /sent \[\.\]/, /sent \[F\.\]/],
  ['RST after crossed SYNs: ECONNRESET, or ECONNREFUSED', 'RST-after-crossing', /CLOSED reset/, /CLOSED ECONNREFUSED/],
  ['RST in CLOSE_WAIT: EPIPE, or ECONNRESET', 'RST-in-CLOSE_WAIT', /CLOSED reset/, /CLOSED ECONNRESET/],
  ['RST one below RCV.NXT after a FIN: the end, or nothing', 'RST-below-a-FIN', /EstabResets/, /server CLOSE_WAIT/],
  ['RST in TIME_WAIT: the end, or nothing', 'RST-in-TIME_WAIT', /server none/, /server TIME_WAIT/],
  ['FIN without ACK in TIME_WAIT: ACK, or silence', 'FIN-without-ACK-in-TIME_WAIT', /sent \[\.\]/, /^(?!.*sent)/],
  ['SYN+FIN to LISTEN: silence, or SYN+ACK', 'strange-segments', /^(?!.*sent)/, /sent \[S\.\]/],
  ['newer SYN in TIME_WAIT: SYN+ACK, or ACK', 'SYN-in-TIME_WAIT', /sent \[S\.\]/, /sent \[\.\]/],
  [
    'text on a SYN+ACK: left, or acknowledged',
    'text-on-a-SYN-ACK',
    /sent \[\.\] 501\+0 ack 101/,
    /sent \[\.\] 501\+0 ack 102/,
  ],
  [
    'text on a crossed SYN: left, or acknowledged',
    'text-on-a-crossed-SYN',
    /sent \[S\.\] 500\+0 ack 101/,
    /sent \[S\.\] 500\+0 ack 102/,
  ],
  ['SYN+FIN in SYN_SENT: SYN+ACK, or silence', 'SYN-FIN-in-SYN_SENT', /sent \[S\.\]/, /^(?!.*sent)/],
]

it.each(twelve)('%s (%s)', (_, name, linux, freebsd) => {
  const scenario = scenarios.find((s) => s.name === name)!
  const seen = shown(compareProfiles(scenario, ['linux-6.18', 'freebsd-14']))
  expect(seen).toEqual([expect.stringMatching(linux), expect.stringMatching(freebsd)])
})
