import { describe, expect, test } from 'vitest'
import { closeListener, stopListening } from '../listener/close.ts'
import { seq } from '../sequence.ts'
import { closed, type Socket, type Tcb } from '../socket/socket.ts'
import {
  closeWait,
  closing,
  crossed,
  established,
  finWait1,
  finWait2,
  lastAck,
  synSent,
  timeWait,
} from '../testing/sockets.ts'
import { stack } from '../testing/stack.ts'
import { play, setting } from '../testing/world.ts'
import type { World } from '../world/parts.ts'
import { type Addresses, linesOf, type SocketLine } from './lines.ts'
import { netstat } from './netstat.ts'
import { ss, ssListening } from './ss.ts'

const silent = { name: 'client', calls: [], writes: 0, connects: 1, again: 'after any end' } as const
const syn = ['client connect', 'deliver to server'] as const
const handshake = [...syn, 'deliver to client', 'deliver to server'] as const

describe('a ghost: backlog 0, one child in the accept queue, and a client whose third ACK found no room', () => {
  const crowded = setting({ clients: [silent], backlog: 0 })
  const begun = play(crowded, 'client connect', 'deliver to server', 'deliver to client').world
  const full: World = {
    ...begun,
    shared: { ...begun.shared, listener: { ...begun.shared.listener, acceptQueue: 1 } },
  }

  test('ss -lnt: Recv-Q is the accept queue, Send-Q its maximum', () => {
    expect(ssListening(linesOf(full, crowded, 'server'))).toEqual([
      'State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess',
      'LISTEN 1      0          192.0.2.2:502       0.0.0.0:*',
    ])
  })
  test('ss -tano: the request is SYN-RECV with empty queues and the timer of its SYN+ACK', () => {
    expect(ss(linesOf(full, crowded, 'server'))).toEqual([
      'State    Recv-Q Send-Q Local Address:Port Peer Address:Port Process',
      'LISTEN   1      0          192.0.2.2:502       0.0.0.0:*',
      'SYN-RECV 0      0          192.0.2.2:502     192.0.2.1:40001 timer:(on,1sec,0)',
      'ESTAB    0      0          192.0.2.2:502     192.0.2.3:50001',
    ])
  })
  test('netstat -anto shows the accept queue, too, and of its maximum nothing', () => {
    expect(netstat(linesOf(full, crowded, 'server'))).toEqual([
      'Active Internet connections (servers and established)',
      'Proto Recv-Q Send-Q Local Address           Foreign Address         State       Timer',
      'tcp        1      0 192.0.2.2:502           0.0.0.0:*               LISTEN      off (0.00/0/0)',
      'tcp        0      0 192.0.2.2:502           192.0.2.1:40001         SYN_RECV    on (1.00/0/0)',
      'tcp        0      0 192.0.2.2:502           192.0.2.3:50001         ESTABLISHED off (0.00/0/0)',
    ])
  })
  test('to its own host the client is established', () => {
    expect(netstat(linesOf(full, crowded, 'client')).slice(2)).toEqual([
      'tcp        0      0 192.0.2.1:40001         192.0.2.2:502           ESTABLISHED off (0.00/0/0)',
    ])
  })
  test('a kernel to 4.3 lists requests with their listener, later ones among the connections', () => {
    const two = setting({ clients: [silent, silent], backlog: 4, serverStack: stack({ profile: 'linux-3.10' }) })
    const other = syn.map((rule) => ({ rule, group: 1, choice: 0 }))
    const world = play(two, ...handshake, ...other).world
    const listed = (s: typeof two) => linesOf(world, s, 'server').map((l) => l.state)
    expect(listed(two)).toEqual(['LISTEN', 'SYN_RECV', 'ESTABLISHED'])
    expect(listed({ ...two, serverStack: stack() })).toEqual(['LISTEN', 'ESTABLISHED', 'SYN_RECV'])
  })
})

describe('a child in the accept queue', () => {
  const one = setting({ clients: [{ ...silent, calls: ['send', 'close'], writes: 1 }] })
  test('its bytes and its FIN count as unread', () => {
    const { world } = play(
      one,
      ...handshake,
      'client send',
      'deliver to server',
      'deliver to client',
      'client close',
      'deliver to server',
    )
    expect(ss(linesOf(world, one, 'server'))[2]).toBe('CLOSE-WAIT 2      0          192.0.2.2:502     192.0.2.1:40001')
    expect(ss(linesOf(world, one, 'client'))[1]).toBe(
      'FIN-WAIT-1 0      1          192.0.2.1:40001    192.0.2.2:502  timer:(on,1sec,0)',
    )
  })
  test('one that was reset is not listed, and LISTEN still counts it', () => {
    const reset = setting({ clients: [{ ...silent, calls: ['abort'] }] })
    const { world } = play(reset, ...handshake, 'client abort', 'deliver to server')
    expect(netstat(linesOf(world, reset, 'server')).slice(2)).toEqual([
      'tcp        1      0 192.0.2.2:502           0.0.0.0:*               LISTEN      off (0.00/0/0)',
    ])
  })
})

test('a listener that is closed is not listed, the requests that it has left are', () => {
  const s = setting({ clients: [silent, silent] })
  const other = handshake.map((rule) => ({ rule, group: 1, choice: 0 }))
  const { shared, groups } = play(s, ...syn, ...other).world
  const closed = {
    shared: { ...shared, listener: stopListening(shared.listener, s.serverStack) },
    groups: groups.map((g) => ({ ...g, server: closeListener(g.server, s.serverStack).to })),
  }
  expect(netstat(linesOf(closed, s, 'server')).slice(2)).toEqual([
    'tcp        0      0 192.0.2.2:502           192.0.2.1:40001         SYN_RECV    on (1.00/0/0)',
  ])
})

describe('sockets of the client', () => {
  const s = setting()
  const lineOf = (socket: Socket, more: Partial<ReturnType<typeof stack>> = {}, print = netstat): string => {
    const world = play(s).world
    const clients = world.groups.map((g) => ({ ...g, client: { ...g.client, socket } }))
    const setting = { ...s, clientStack: { ...s.clientStack, ...more } }
    return print(linesOf({ ...world, groups: clients }, setting, 'client')).at(print === ss ? 1 : 2) ?? ''
  }
  const tcb = (more: Partial<Tcb> = {}): Tcb => ({
    state: 'ESTABLISHED',
    snd: { una: seq(501), nxt: seq(501), end: seq(501), fin: false },
    rcv: { nxt: seq(101), unread: 0, held: [] },
    ...more,
  })
  const around = 'tcp%s 192.0.2.1:40001         192.0.2.2:502           %s'
  const row = (queues: string, state: string): string => around.replace('%s', queues).replace('%s', state)

  test.each<[string, Socket, string, string]>([
    [
      'SYN_SENT owes its SYN',
      { state: 'SYN_SENT', iss: seq(500), rtx: { left: 4, n: 2 } },
      '        0      1',
      'SYN_SENT    on (4.00/2/0)',
    ],
    [
      'numbers that wrap',
      tcb({ snd: { una: seq(-3), nxt: seq(9), end: seq(9), fin: false } }),
      '        0     12',
      'ESTABLISHED off (0.00/0/0)',
    ],
    [
      'a FIN that waits',
      tcb({ state: 'FIN_WAIT1', snd: { una: seq(501), nxt: seq(513), end: seq(513), fin: true } }),
      '        0     13',
      'FIN_WAIT1   off (0.00/0/0)',
    ],
    [
      'a FIN that was acknowledged',
      tcb({ state: 'FIN_WAIT2', snd: { una: seq(502), nxt: seq(502), end: seq(501), fin: true } }),
      '        0      0',
      'FIN_WAIT2   off (0.00/0/0)',
    ],
    [
      'both FINs unacknowledged',
      tcb({ state: 'CLOSING', snd: { una: seq(501), nxt: seq(502), end: seq(501), fin: true }, orphan: true }),
      '        1      1',
      'CLOSING     off (0.00/0/0)',
    ],
    ['read to the end', tcb({ state: 'CLOSE_WAIT' }), '        0      0', 'CLOSE_WAIT  off (0.00/0/0)'],
  ])('%s', (_, socket, queues, state) => {
    expect(lineOf(socket)).toBe(row(queues, state))
  })
  test('TIME_WAIT and the FIN_WAIT2 of an orphan have the timewait timer, in parts of their whole', () => {
    const mini = { state: 'TIME_WAIT', sndNxt: seq(1), rcvNxt: seq(1), since: 0 } as const
    expect(lineOf({ ...mini, substate: 'TIME_WAIT', left: 3 })).toBe(
      row('        0      0', 'TIME_WAIT   timewait (45.00/0/0)'),
    )
    expect(lineOf({ ...mini, substate: 'FIN_WAIT2', left: 1 })).toBe(
      row('        0      0', 'FIN_WAIT2   timewait (20.00/0/0)'),
    )
  })
  test('where the model counts milliseconds, they are those of the kernel', () => {
    const durations = { initialRto: 1000, msl: 30_000, timeWait: 60_000, finTimeout: 60_000, invalidRatelimit: 500 }
    const rtx = { left: 987, n: 1 }
    expect(lineOf(tcb({ rtx }), { durations })).toBe(row('        0      0', 'ESTABLISHED on (0.98/1/0)'))
  })
  test('CLOSED is not listed', () => expect(lineOf(closed('reset'))).toBe(''))
  test.each([
    ['SYN_SENT', synSent()],
    ['SYN_RECV', crossed()],
    ['ESTABLISHED', established()],
    ['FIN_WAIT1', finWait1()],
    ['FIN_WAIT2', finWait2()],
    ['CLOSE_WAIT', closeWait()],
    ['CLOSING', closing()],
    ['LAST_ACK', lastAck()],
    ['TIME_WAIT', timeWait()],
  ])('%s is named in both listings', (state, socket) => {
    expect(lineOf(socket)).toContain(` ${state} `)
    expect(stateOfLine(lineOf(socket, {}, ss))).toBe(state)
  })
})

const stateOfLine = (line: string): string =>
  line
    .split(' ')[0]!
    .replace('ESTAB', 'ESTABLISHED')
    .replace(/-(?=\d)/, '')
    .replaceAll('-', '_')

/** What Linux 6.18.44 printed (iproute2 6.1.0, net-tools 2.10), blanks at the ends of lines taken off. */
describe('as a kernel printed it', () => {
  const at = (local: string, remote: string) => ({
    local: `127.0.0.1:${local}`,
    remote: remote === '*' ? '0.0.0.0:*' : `127.0.0.1:${remote}`,
  })
  const on = (milliseconds: number) => ({ kind: 'on', milliseconds, retransmissions: 0 }) as const
  const lines: SocketLine[] = [
    { state: 'LISTEN', recvQ: 2, sendQ: 0, backlog: 1, ...at('502', '*') },
    { state: 'FIN_WAIT2', recvQ: 0, sendQ: 0, ...at('58408', '502') },
    { state: 'SYN_SENT', recvQ: 0, sendQ: 1, ...at('58426', '502'), timer: on(384) },
    { state: 'CLOSE_WAIT', recvQ: 13, sendQ: 0, ...at('502', '58408') },
    { state: 'ESTABLISHED', recvQ: 5, sendQ: 0, ...at('502', '58414') },
  ]
  test('ss -tano', () => {
    expect(ss(lines)).toEqual([
      'State      Recv-Q Send-Q Local Address:Port  Peer Address:Port Process',
      'LISTEN     2      1          127.0.0.1:502        0.0.0.0:*',
      'FIN-WAIT-2 0      0          127.0.0.1:58408    127.0.0.1:502',
      'SYN-SENT   0      1          127.0.0.1:58426    127.0.0.1:502   timer:(on,384ms,0)',
      'CLOSE-WAIT 13     0          127.0.0.1:502      127.0.0.1:58408',
      'ESTAB      5      0          127.0.0.1:502      127.0.0.1:58414',
    ])
  })
  test('netstat -anto', () => {
    expect(netstat(lines)).toEqual([
      'Active Internet connections (servers and established)',
      'Proto Recv-Q Send-Q Local Address           Foreign Address         State       Timer',
      'tcp        2      0 127.0.0.1:502           0.0.0.0:*               LISTEN      off (0.00/0/0)',
      'tcp        0      0 127.0.0.1:58408         127.0.0.1:502           FIN_WAIT2   off (0.00/0/0)',
      'tcp        0      1 127.0.0.1:58426         127.0.0.1:502           SYN_SENT    on (0.38/0/0)',
      'tcp       13      0 127.0.0.1:502           127.0.0.1:58408         CLOSE_WAIT  off (0.00/0/0)',
      'tcp        5      0 127.0.0.1:502           127.0.0.1:58414         ESTABLISHED off (0.00/0/0)',
    ])
  })
  test('requests and children of a listener whose accept queue is full', () => {
    const from = (port: number) => ({ local: '10.77.0.2:502', remote: `10.77.0.1:${port}` })
    const ghosts: SocketLine[] = [
      { state: 'LISTEN', recvQ: 5, sendQ: 0, backlog: 4, local: '10.77.0.2:502', remote: '0.0.0.0:*' },
      { state: 'ESTABLISHED', recvQ: 12, sendQ: 0, ...from(40776) },
      { state: 'SYN_RECV', recvQ: 0, sendQ: 0, ...from(50003), timer: on(480) },
    ]
    expect(ss(ghosts)).toEqual([
      'State    Recv-Q Send-Q Local Address:Port Peer Address:Port Process',
      'LISTEN   5      4          10.77.0.2:502       0.0.0.0:*',
      'ESTAB    12     0          10.77.0.2:502     10.77.0.1:40776',
      'SYN-RECV 0      0          10.77.0.2:502     10.77.0.1:50003 timer:(on,480ms,0)',
    ])
    expect(netstat([{ ...ghosts[2]!, timer: on(95) }])[2]).toBe(
      'tcp        0      0 10.77.0.2:502           10.77.0.1:50003         SYN_RECV    on (0.09/0/0)',
    )
  })
  test.each([
    [0, 'timer:(on,,0)'],
    [4, 'timer:(on,004ms,0)'],
    [932, 'timer:(on,932ms,0)'],
    [1188, 'timer:(on,1.188ms,0)'],
    [9000, 'timer:(on,9sec,0)'],
    [59_870, 'timer:(on,59sec,0)'],
    [60_000, 'timer:(on,1min,0)'],
    [90_500, 'timer:(on,1min30sec,0)'],
    [720_900, 'timer:(on,12min,0)'],
  ])('%i ms', (milliseconds, text) => {
    expect(ss([{ ...lines[2]!, timer: on(milliseconds) }])[1]).toMatch(text)
    expect(ss([{ ...lines[2]!, timer: on(milliseconds) }])[1]?.endsWith(text)).toBe(true)
  })
  test('other addresses', () => {
    const lab: Addresses = { server: '10.77.0.2:502', client: () => '10.77.0.1:43100', other: () => '10.77.0.3:1' }
    const one = setting({ backlog: 5 })
    expect(ss(linesOf(play(one, ...handshake, 'accept').world, one, 'server', lab))).toEqual([
      'State  Recv-Q Send-Q Local Address:Port Peer Address:Port Process',
      'LISTEN 0      5          10.77.0.2:502       0.0.0.0:*',
      'ESTAB  0      0          10.77.0.2:502     10.77.0.1:43100',
    ])
  })
})
