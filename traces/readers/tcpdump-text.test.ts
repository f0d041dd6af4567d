import { describe, expect, it } from 'vitest'
import { openCapture } from './open.ts'
import { readTcpdump } from './tcpdump-text.ts'
import { corpusFile } from './testing/corpus.ts'
import { failure } from './testing/fails.ts'

const SYN = '10.0.0.1.40000 > 10.0.0.2.502: Flags [S], seq 5000, win 64240, length 0'
const first = (text: string) => readTcpdump(text).packets[0]!

describe('the published ghost connection', () => {
  const capture = openCapture(corpusFile('ghost-connection/ghost-connection.tcpdump.txt'))
  const [connection] = capture.connections

  it('22 packets of one connection, client known by its SYN', () => {
    expect(capture.packets.map((packet) => packet.number)).toEqual(Array.from({ length: 22 }, (_, i) => i + 1))
    expect(capture.connections).toHaveLength(1)
    expect(connection).toMatchObject({
      client: { address: '172.20.42.84', port: 59_032 },
      server: { address: '20.30.3.101', port: 502 },
      clientKnownBy: 'SYN',
      numbering: { client: 'absolute', server: 'absolute' },
    })
    expect(capture.notes).toEqual(['no times: nothing about timers can be checked'])
  })

  it('a pure ACK has no sequence number; relative numbers become those of the wire', () => {
    const [, , third, data] = capture.packets
    expect(third).not.toHaveProperty('sequence')
    expect(third).not.toHaveProperty('options')
    expect(third).toMatchObject({ flags: '.', acknowledgment: 1_013_872_533, length: 0 })
    expect(data).toMatchObject({ flags: 'P.', sequence: 4_013_763_010, acknowledgment: 1_013_872_533, length: 12 })
    expect(capture.packets[10]).toMatchObject({ flags: 'FP.', sequence: 4_013_763_010, length: 12, window: 502 })
  })
})

describe('what may stand before a packet', () => {
  it.each([
    SYN,
    `IP ${SYN}`,
    `7 ${SYN}`,
    `12:34:56.789012 IP ${SYN}`,
    `   7  12:34:56.789012 IP ${SYN}`,
    `2026-11-21 12:34:56.789012 IP ${SYN}`,
    `1795226300.250000 IP ${SYN}`,
    `12:34:56.789012 eth0  In  IP ${SYN}`,
    `12:34:56.789012 02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype IPv4 (0x0800), length 74: ${SYN}`,
    `    ${SYN}`,
  ])('%s', (line) => {
    expect(first(line)).toMatchObject({ source: { address: '10.0.0.1', port: 40_000 }, flags: 'S', sequence: 5000 })
  })

  it('a head on a line of its own (-v)', () => {
    const head = '12:34:56.5 IP (tos 0x0, ttl 64, id 1, offset 0, flags [DF], proto TCP (6), length 60)'
    const packet = first(`${head}\n    ${SYN.replace('seq', 'cksum 0x1 (correct), seq')}`)
    expect(packet).toMatchObject({ time: 45_296.5, sequence: 5000 })
  })

  it('names and IPv6 addresses', () => {
    const line = (a: string, b: string) => first(`${a} > ${b}: Flags [S], seq 1, win 1, length 0`)
    expect(line('a.example.http', 'localhost.40000').source).toEqual({ address: 'a.example', port: 'http' })
    expect(line('2001:db8::1.443', '::1.40000').source).toEqual({ address: '2001:db8::1', port: 443 })
  })

  it('printed numbers count if they rise, positions otherwise', () => {
    const numbered = (...numbers: number[]) => readTcpdump(numbers.map((n) => `${n} ${SYN}`).join('\n'))
    expect(numbered(3, 8).packets.map((packet) => packet.number)).toEqual([3, 8])
    expect(numbered(3, 3).packets.map((packet) => packet.number)).toEqual([1, 2])
    expect(numbered(3, 3).notes).toContainEqual(expect.stringContaining('do not rise'))
  })
})

describe('what follows the flags', () => {
  it('options', () => {
    const options = 'options [mss 1460,sackOK,TS val 10 ecr 20,nop,wscale 7,unknown-99 0x01]'
    expect(first(`${SYN.replace('length', `${options}, length`)}`).options).toEqual({
      mss: 1460,
      sackPermitted: true,
      timestamp: { value: 10, echo: 20 },
      windowScale: 7,
    })
  })
  it.each([
    ['[none]', ''],
    ['[.]', '.'],
    ['[SEW]', 'SEW'],
    ['[FP.U]', 'FP.U'],
    ['[R]', 'R'],
  ])('flags %s', (printed, flags) => {
    expect(first(`a.1 > b.2: Flags ${printed}, seq 1, win 0, length 0`).flags).toBe(flags)
  })
  it('no length: the range of seq tells it, across the wrap too', () => {
    expect(first('a.1 > b.2: Flags [P.], seq 4294967290:4, ack 1, win 1').length).toBe(10)
  })
  it('seq and length disagree: the length counts and a note says so', () => {
    const capture = readTcpdump('a.1 > b.2: Flags [P.], seq 1:13, ack 1, win 1, length 10')
    expect(capture.packets[0]?.length).toBe(10)
    expect(capture.notes).toContain('seq and length disagree in 1: the length is believed')
  })
})

describe('between packets', () => {
  it('comments, hex and chatter are passed over, everything else is named', () => {
    const text = [
      '# a comment',
      'tcpdump: listening on eth0, link-type EN10MB (Ethernet)',
      SYN,
      '\t0x0000:  4500 003c 0000 4000',
      '',
      'Then nothing happened.',
      '12:00:00.1 ARP, Request who-has 10.0.0.2 tell 10.0.0.1, length 28',
      SYN,
      '2 packets captured',
    ].join('\r\n')
    const capture = readTcpdump(text)
    expect(capture.packets).toHaveLength(2)
    expect(capture.notes[0]).toBe('2 lines are no TCP packet: 6, 7')
  })
})

it('names of ports stay names', () => {
  const { connections } = openCapture(corpusFile('tcpdump/listener-gone.names.txt'))
  expect(connections.map(({ client, server }) => [client.port, server.port])).toEqual([
    [40_000, 'http'],
    [40_001, 'http'],
  ])
})

describe('bad text', () => {
  it('tcpdump -q leaves out what is needed', () => {
    const error = failure(() => readTcpdump('12:00:00.1 IP 10.0.0.1.1 > 10.0.0.2.2: tcp 0'))
    expect(error.message).toMatch(/quiet \(-q\).*without -q/)
  })
  it('no tcpdump at all', () => {
    const error = failure(() => readTcpdump('Dear diary,\ntoday I saw a ghost.', 'diary.txt'))
    expect(error).toMatchObject({ code: 'E_NOT_A_CAPTURE', place: 'diary.txt:1:1' })
    expect(error).not.toHaveProperty('partial')
  })
  it.each([
    ['10.0.0.1 > 10.0.0.2.502: Flags [S], seq 1', 1, 'the source has no port'],
    ['IP 10.0.0.1.4 > 10.0.0.2: Flags [S], seq 1', 17, 'the destination has no port'],
    ['IP 10.0.0.1.4 > 10.0.0.2.65536: Flags [S], seq 1', 17, 'port 65536 is beyond 65535'],
    ['IP 10.0.0.1.70000 > 10.0.0.2.80: Flags [S], seq 1', 4, 'port 70000 is beyond 65535'],
    ['a.1 > b.2: Flags [SX], seq 1', 20, 'no TCP flag is written «X»'],
    ['a.1 > b.2: Flags [S, seq 1', 12, 'the flags do not end'],
    ['a.1 > b.2: Flags [S], seq 4294967296', 23, 'a number above 4294967295'],
    ['a.1 > b.2: Flags [S]', 12, 'neither seq nor ack nor win follows the flags'],
  ])('%s', (line, column, cause) => {
    const error = failure(() => readTcpdump(`${SYN}\n${line}`, 'x'))
    expect(error).toMatchObject({ code: 'E_TCPDUMP_LINE', place: `x:2:${column}` })
    expect(error.cause).toContain(cause)
    expect(error.partial?.packets).toHaveLength(1)
  })
})

describe('one packet in several lines', () => {
  const ack = 'IP 10.0.0.1.40000 > 10.0.0.2.502: Flags [R.], seq 1, ack 1, win 0, length 0'
  const at = (time: string, place: string, line = ack) => `12:00:00.${time} ${place} ${line}`
  it('another interface a moment later: the same packet, RSTs too', () => {
    const capture = readTcpdump([at('000100', 'veth1 In '), at('000115', 'br0 Out')].join('\n'))
    expect(capture.packets).toHaveLength(1)
    expect(capture.notes).toContain('1 line skipped: captured twice')
  })
  it('the same interface: two packets', () => {
    expect(readTcpdump([at('000100', 'eth0 In '), at('000115', 'eth0 In ')].join('\n')).packets).toHaveLength(2)
  })
  it('another interface, long after: a retransmission', () => {
    expect(readTcpdump([at('000100', 'eth0 In '), at('300115', 'eth1 In ')].join('\n')).packets).toHaveLength(2)
  })
  it('the same IP identification at once, in most packets: a mirror port', () => {
    const head = (time: string, id: number) =>
      `12:00:00.${time} IP (tos 0x0, ttl 64, id ${id}, offset 0, flags [DF], proto TCP (6), length 40)\n    `
    const line = (seq: number) => `10.0.0.1.40000 > 10.0.0.2.502: Flags [P.], seq ${seq}, ack 1, win 0, length 1`
    const twice = (time: string, id: number) => `${head(`${time}1`, id)}${line(id)}\n${head(`${time}5`, id)}${line(id)}`
    expect(readTcpdump([twice('00010', 7), twice('00020', 8)].join('\n')).packets).toHaveLength(2)
    const once = Array.from({ length: 4 }, (_, i) => `${head(`0003${i}1`, 20 + i)}${line(20 + i)}`)
    expect(readTcpdump([twice('00010', 7), ...once].join('\n')).packets).toHaveLength(6)
  })
})

describe('a text that was cut off', () => {
  const syn = `12:00:00.1 IP ${SYN}`
  it.each([
    '12:00:00.2 IP 10.0.0.2.502 > 10.0.0.1.40000: Flags [S.], seq',
    '12:00:00.2 IP 10.0.0.2.502 > 10.0.0.1.40000: Flags [S.], seq 77, ack 5001, w',
    '12:00:00.2 IP 10.0.0.2.502 > 10.0.0.1.40000: Flags [S.], seq 77, ack 5001, win 64240, leng',
  ])('%s: the last line costs itself', (line) => {
    const capture = readTcpdump(`${syn}\n${line}\n`)
    expect(capture.packets).toHaveLength(1)
    expect(capture.notes).toContain('line 2, the last one, is cut off: it is passed over')
  })
})

it('-v tells the time to live and the identification', () => {
  const head = '12:34:56.5 IP (tos 0x0, ttl 49, id 4711, offset 0, flags [DF], proto TCP (6), length 60)'
  expect(first(`${head}\n    ${SYN}`)).toMatchObject({ hops: 49, identification: 4711 })
})
