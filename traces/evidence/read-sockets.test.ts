import { describe, expect, it } from 'vitest'
import { corpusFile } from '../readers/testing/corpus.ts'
import { failure } from '../readers/testing/fails.ts'
import { openSockets, readSockets } from './read-sockets.ts'

const NETSTAT = 'Proto Recv-Q Send-Q Local Address           Foreign Address         State'
const SS = 'State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess'
const netstat = (row: string) => readSockets(`${NETSTAT}\n${row}`).rows[0]
const ss = (row: string) => readSockets(`${SS}\n${row}`).rows[0]

it('the published netstat', () => {
  const { rows, tool, processesShown } = openSockets(corpusFile('ghost-connection/ghost-connection.netstat.txt'))
  expect([tool, processesShown, rows.length]).toEqual(['netstat', false, 15])
  expect(rows[0]).toEqual({
    state: 'LISTEN',
    recvQ: 6,
    sendQ: 0,
    local: { address: '0.0.0.0', port: 502 },
    remote: { address: '0.0.0.0', port: '*' },
    line: 2,
  })
  expect(rows.at(-1)).toMatchObject({ state: 'CLOSE_WAIT', recvQ: 13, remote: { port: 42_900 }, line: 16 })
})

describe('netstat', () => {
  it('timers (-o), processes (-p), users (-e)', () => {
    expect(netstat('tcp 0 0 10.77.0.2:502 10.77.0.1:50230 SYN_RECV on (0.91/2/0)')).toMatchObject({
      timer: { kind: 'on', remaining: 910, retransmissions: 2 },
    })
    expect(
      netstat('tcp 0 0 1.1.1.1:22 1.1.1.2:5 ESTABLISHED 0 4711 12/sshd: root@pts  keepalive (59.5/0/0)'),
    ).toMatchObject({
      process: '12/sshd: root@pts',
      timer: { kind: 'keepalive', remaining: 59_500 },
    })
    expect(netstat('tcp 0 0 1.1.1.1:22 1.1.1.2:5 TIME_WAIT -')).not.toHaveProperty('process')
  })
  it('IPv6, BSD', () => {
    expect(netstat('tcp6 0 0 :::22 :::* LISTEN')?.local).toEqual({ address: '::', port: 22 })
    expect(netstat('tcp4 0 0 10.0.0.1.22 10.0.0.2.5000 SYN_RCVD')).toMatchObject({
      state: 'SYN_RECV',
      local: { address: '10.0.0.1', port: 22 },
    })
  })
  it('what is not TCP is counted', () => {
    const { rows, notes } = readSockets(`Active Internet connections\n${NETSTAT}\nudp 0 0 0.0.0.0:53 0.0.0.0:*\n`)
    expect([rows, notes]).toEqual([[], ['1 line is no socket of TCP', 'the listing shows no socket of TCP']])
  })
})

describe('ss', () => {
  it('Send-Q of a listener is its backlog', () => {
    expect(ss('LISTEN 5 4 10.77.0.2:502 0.0.0.0:*')).toMatchObject({ state: 'LISTEN', recvQ: 5, sendQ: 0, backlog: 4 })
  })
  it.each([
    ['932ms', 932],
    ['2.920ms', 2920],
    ['', 0],
    ['59sec', 59_000],
    ['1min30sec', 90_000],
  ])('timer %s', (printed, remaining) => {
    expect(ss(`SYN-RECV 0 0 10.77.0.2:502 10.77.0.1:50230 timer:(on,${printed},3)`)).toMatchObject({
      state: 'SYN_RECV',
      timer: { kind: 'on', remaining, retransmissions: 3 },
    })
  })
  it('processes, netids, interfaces, details on lines of their own', () => {
    const { rows } = readSockets(
      [
        `Netid ${SS}`,
        'tcp ESTAB 12 0 [::ffff:10.0.0.1]:22 [::1]:5 users:(("sshd",pid=1,fd=3),("sshd",pid=2,fd=3))',
        '\t ts sack reno wscale:7,7 rto:204',
        'udp UNCONN 0 0 127.0.0.53%lo:53 0.0.0.0:*',
        'tcp FIN-WAIT-2 0 0 10.0.0.1:22 10.0.0.2:5',
      ].join('\n'),
    )
    expect(rows).toMatchObject([
      {
        state: 'ESTABLISHED',
        local: { address: '::ffff:10.0.0.1' },
        process: 'users:(("sshd",pid=1,fd=3),("sshd",pid=2,fd=3))',
      },
      { state: 'FIN_WAIT2' },
    ])
  })
})

describe('/proc/net/tcp', () => {
  const head = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode'
  const proc = (row: string) => readSockets(`${head}\n${row}`).rows[0]
  it('a listener: rx_queue is its accept queue', () => {
    expect(
      proc('   0: 00000000:01F6 00000000:0000 0A 00000000:00000006 00:00000000 00000000     0        0 1065 1 0 100'),
    ).toEqual({
      state: 'LISTEN',
      recvQ: 6,
      sendQ: 0,
      local: { address: '0.0.0.0', port: 502 },
      remote: { address: '0.0.0.0', port: '*' },
      line: 2,
    })
  })
  it('a request with its timer', () => {
    expect(
      proc('   3: 02004D0A:01F6 01004D0A:C436 03 00000000:00000000 01:0000005B 00000002     0        0 0 1 0'),
    ).toMatchObject({
      state: 'SYN_RECV',
      local: { address: '10.77.0.2', port: 502 },
      remote: { address: '10.77.0.1', port: 50_230 },
      timer: { kind: 'on', remaining: 910, retransmissions: 2 },
    })
  })
  it('IPv6, and IPv4 inside it', () => {
    expect(
      proc(
        '1: B80D0120000000000000000001000000:0016 0000000000000000FFFF00000100000A:1388 08 00000001:0000000D 00:00000000 00000000 0 0 1 1 0',
      ),
    ).toMatchObject({
      state: 'CLOSE_WAIT',
      recvQ: 13,
      sendQ: 1,
      local: { address: '2001:db8::1', port: 22 },
      remote: { address: '::ffff:10.0.0.1', port: 5000 },
    })
  })
})

describe('bad listings', () => {
  it('something else was given: it is named', () => {
    const remedy = (text: string) => failure(() => readSockets(text)).remedy
    expect(remedy('Tcp: MaxConn\nTcp: 1')).toBe('it is /proc/net/netstat or /proc/net/snmp: give it to --counters')
    expect(remedy('net.ipv4.tcp_sack = 1')).toBe('it is settings of sysctl: give it to --sysctl')
    expect(remedy('IP a.1 > b.2: Flags [S], seq 1')).toBe('it is text of tcpdump: give it as the capture')
  })
  it.each([
    ['prose', 'Nothing here.\nReally.', 'E_SOCKETS', 'x:1:1'],
    [
      'without states',
      'Recv-Q Send-Q Local Address:Port Peer Address:Port\n0 0 1.1.1.1:1 1.1.1.1:2',
      'E_SOCKETS',
      'x:1:1',
    ],
    ['another state', `${NETSTAT}\ntcp 0 0 1.1.1.1:1 1.1.1.1:2 HALF_OPEN`, 'E_SOCKETS_LINE', 'x:2:1'],
    ['no state', `${NETSTAT}\ntcp 0 0 1.1.1.1:1 1.1.1.1:2`, 'E_SOCKETS_LINE', 'x:2:1'],
    ['no port', `${NETSTAT}\ntcp 0 0 localhost 1.1.1.1:2 LISTEN`, 'E_SOCKETS_LINE', 'x:2:1'],
    ['no numbers', `${SS}\nESTAB a b 1.1.1.1:1 1.1.1.1:2`, 'E_SOCKETS_LINE', 'x:2:1'],
    [
      'no address',
      '   0: 00000000:01F6 0000:0000 0A 00000000:00000006 00:00000000 00000000',
      'E_SOCKETS_LINE',
      'x:1:1',
    ],
    ['Windows', '  TCP    0.0.0.0:135    0.0.0.0:0    LISTENING', 'E_SOCKETS', 'x:1:1'],
    ['prose in the middle', `${SS}\nESTAB 0 0 1.1.1.1:1 1.1.1.1:2\nand so on`, 'E_SOCKETS_LINE', 'x:3:1'],
  ])('%s', (_name, text, code, place) => {
    expect(failure(() => readSockets(text, 'x'))).toMatchObject({ code, place })
  })
})

describe('what no socket has is an error with its line', () => {
  it.each([
    ['ss', 'ESTAB 0 0 10.0.0.1:70000 10.0.0.2:80', 'port 70000 is beyond 65535'],
    ['ss', 'ESTAB 0 0 10.0.0.1:80 [::1]:65536', 'port 65536 is beyond 65535'],
    ['ss', 'LISTEN 99999999999999999999 128 0.0.0.0:80 0.0.0.0:*', 'is longer than any can be'],
    ['ss', 'LISTEN 0 4294967296 0.0.0.0:80 0.0.0.0:*', 'a queue of 4294967296 is longer than any can be'],
    ['ss', 'LISTEN -1 128 0.0.0.0:80 0.0.0.0:*', 'Recv-Q and Send-Q are no numbers'],
    ['netstat', 'tcp 0 0 10.0.0.1:99999 10.0.0.2:80 ESTABLISHED', 'port 99999 is beyond 65535'],
    ['netstat', 'tcp 5000000000 0 10.0.0.1:9 10.0.0.2:80 ESTABLISHED', 'a queue of 5000000000'],
  ])('%s: %s', (tool, row, cause) => {
    const error = failure(() => readSockets(`${tool === 'ss' ? SS : NETSTAT}\n${row}`, 'f'))
    expect(error).toMatchObject({ code: 'E_SOCKETS_LINE', place: 'f:2:1' })
    expect(error.message).toContain(cause)
    expect(error.message).toContain('make the listing again')
  })
})
