/** ICMP errors at a socket. linux: tcp_v4_err */
import { describe, expect, test } from 'vitest'
import { add } from '../sequence.ts'
import { IRS, ISS, peer } from '../testing/segments.ts'
import { stack } from '../testing/stack.ts'
import { icmpAtSocket } from './icmp.ts'
import { receive } from './receive.ts'
import { closed } from './socket.ts'
import { connect } from './synSent.ts'

const st = stack()
const connecting = connect(ISS, st).to
const crossed = receive(connecting, peer('S', { seq: IRS }), st).to
const established = receive(connecting, peer('S.', { seq: IRS }), st).to

describe('host unreachable, quoting the SYN', () => {
  test.each([
    ['SYN_SENT', connecting],
    ['a crossed SYN_RECV', crossed],
  ])('%s: connect() fails at once, in silence, and is counted', (_, socket) => {
    const r = icmpAtSocket(socket, { says: 'host unreachable', quotes: ISS })
    expect(r).toEqual({ to: closed('unreachable'), send: [], count: ['AttemptFails'] })
  })

  test('SYN_SENT, a port is unreachable: the same', () => {
    expect(icmpAtSocket(connecting, { says: 'port unreachable', quotes: ISS }).to).toEqual(closed('unreachable'))
  })

  test('CLOSED: nothing', () => {
    const gone = closed('reset')
    expect(icmpAtSocket(gone, { says: 'host unreachable', quotes: ISS })).toEqual({ to: gone, send: [], count: [] })
  })
})

test('ESTABLISHED, quoting the next number: it goes on', () => {
  const icmp = { says: 'host unreachable', quotes: add(ISS, 1) } as const
  expect(icmpAtSocket(established, icmp)).toEqual({ to: established, send: [], count: [] })
})

test.each([
  ['SYN_SENT', connecting],
  ['ESTABLISHED', established],
])('%s, quoting a number that was never sent: counted, and it goes on', (_, socket) => {
  const r = icmpAtSocket(socket, { says: 'host unreachable', quotes: add(ISS, 7) })
  expect(r).toEqual({ to: socket, send: [], count: ['OutOfWindowIcmps'] })
})
