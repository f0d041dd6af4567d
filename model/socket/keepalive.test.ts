/** What puts keepalive off, and what forgets its probes. linux: tcp_keepalive_timer, keepalive_time_elapsed */
import { expect, test } from 'vitest'
import { peer } from '../testing/segments.ts'
import { established } from '../testing/sockets.ts'
import { stack } from '../testing/stack.ts'
import { close, shutdown } from './calls.ts'
import { watched } from './keepalive.ts'
import { receive } from './receive.ts'
import type { Tcb } from './socket.ts'
import { elapse, fire } from './time.ts'

const st = { ...stack(), keepalive: { idle: 4, interval: 1, probes: 3 } }
const probed = fire(elapse(watched(established(), st), 4)!, st).to as Tcb

test.each([
  ['an ACK', peer('.'), { left: 4, probes: 0 }],
  ['text', peer('.', { len: 1 }), { left: 4, probes: 0 }],
  ['text with an old ACK', peer('.', { len: 1, ack: 100 }), { left: 4, probes: 1 }],
  ['an old ACK', peer('.', { ack: 100 }), { left: 1, probes: 1 }],
  ['an ACK beyond the window', peer('.', { seq: 600 }), { left: 1, probes: 1 }],
])('after an unanswered probe, %s', (_, s, keepalive) => {
  expect(receive(probed, s, st).to).toMatchObject({ keepalive })
})

test('FIN_WAIT2 without a process, longer than TIME_WAIT: its timer takes the place of keepalive', () => {
  const long = { ...st, durations: { ...st.durations, finTimeout: 9 } }
  const half = receive(shutdown(watched(established(), long), long)!.to, peer('.', { ack: 102 }), long).to
  expect(close(half, long)!.to).not.toHaveProperty('keepalive')
})
