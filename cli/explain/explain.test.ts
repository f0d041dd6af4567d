import { describe, expect, test } from 'vitest'
import { knobs } from '../../model/index.ts'
import { halfopen, json } from '../testing/halfopen.ts'

describe('explain KERNEL --diff KERNEL', () => {
  test('what differs, each in a sentence of either kernel, and the defaults that differ', async () => {
    const { code, out } = await halfopen('explain linux-4.9 --diff linux-6.18')
    expect(code).toBe(0)
    expect(out).toMatch(/^linux-4\.9 against linux-6\.18: \d+ differences in what they do, \d+ defaults differ\n/)
    expect(out).toContain('  synOnFullAcceptQueue (linux: tcp_conn_request, 5ea8ea2cb7f1 in 4.10)\n')
    expect(out).toContain(
      '    linux-4.9   While the accept queue is full a SYN is dropped only if more than one request',
    )
    expect(out).toContain('    linux-6.18  While the accept queue is full every SYN is dropped.\n')
    expect(out).toMatch(/ {2}somaxconn +128 +4096\n/)
    expect(out).not.toContain('closeWithUnread')
  })
  test('a kernel and itself', async () => {
    const { out } = await halfopen('explain linux-6.1 --diff linux-6.1')
    expect(out).toBe('linux-6.1 against linux-6.1: 0 differences in what they do, 0 defaults differ\n')
  })
  test('--json', async () => {
    const diff = await json('explain linux-6.1 --diff linux-6.18 --json')
    expect(diff).toMatchObject({ one: 'linux-6.1', other: 'linux-6.18' })
    expect(diff.dialect).toContainEqual({
      field: 'synQueueFull',
      source: expect.stringContaining('inet_csk_reqsk_queue_is_full'),
      one: { value: 'q >= B', says: expect.stringContaining('as many requests as the backlog') },
      other: { value: 'q > B', says: 'The SYN queue takes one request more than the backlog.' },
    })
    expect(diff.defaults).toContainEqual({ name: 'tcp_syn_linear_timeouts', one: '–', other: '4' })
  })
  test.each([
    ['explain tcp_syncookies --diff linux-6.1', 'E_KERNEL', 'choose one of linux-6.18'],
    ['explain linux-61.8 --diff linux-6.1', 'E_KERNEL', 'did you mean linux-6.18?'],
    ['explain linux-4.4 --diff linux-6.18x', 'E_KERNEL', 'did you mean linux-6.18?'],
  ])('%s', async (line, code, remedy) => {
    const { code: exit, err } = await halfopen(line)
    expect([exit, err]).toEqual([2, expect.stringContaining(`[${code}]`)])
    expect(err).toContain(remedy)
  })
})

describe('explain SETTING', () => {
  test('a sysctl: effect, range with its unit, states, source, default per version, where it is set', async () => {
    const { out } = await halfopen('explain net.ipv4.tcp_syn_linear_timeouts')
    expect(out).toMatch(/^tcp_syn_linear_timeouts, a sysctl\n/)
    expect(out).toContain('  range       0 to 127 (retransmissions)\n')
    expect(out).toContain('  touches     SYN_SENT\n')
    expect(out).toContain('  source      linux: tcp_retransmit_timer\n')
    expect(out).toContain('linux-3.10 … linux-6.1  does not exist\n')
    expect(out).toMatch(/\n +linux-6\.18 +4\n/)
    expect(out).toContain('halfopen check ghost-connection --set tcp_syn_linear_timeouts=1')
  })
  test('what it changes: with one value and with another, in a world that is explored', async () => {
    const { out } = await halfopen('explain tcp_syn_retries')
    expect(out).toMatch(
      / lost-on-the-way-in, SYN-repeated +A SYN is sent again\. with 0: not reached; with 1: reached\n/,
    )
    expect((await halfopen('explain icmp')).out).toMatch(/^ICMP, a message\n/)
  })
  test('a socket option and an argument', async () => {
    expect((await halfopen('explain tcp_defer_accept')).out).toMatch(/^TCP_DEFER_ACCEPT, a socket option\n/)
    expect((await halfopen('explain backlog')).out).toMatch(/^backlog, an argument\n/)
  })
  test('one that does not exist is answered as such, with what does it', async () => {
    const { code, out } = await halfopen('explain net.ipv4.tcp_time_wait_len')
    expect(code).toBe(0)
    expect(out).toMatch(/^tcp_time_wait_len: no such sysctl\n/)
    expect(out).toContain('TIME_WAIT lasts 60 s')
    expect(out).toContain('instead     tcp_max_tw_buckets, tcp_tw_reuse\n')
    expect(await json('explain tcp_time_wait_len --json')).toMatchObject({ is: 'no such sysctl' })
  })
  test('a value to try that differs from what the kernel ships', async () => {
    for (const { name, setBy, defaults } of knobs.filter((k) => k.setBy === k.name)) {
      const { try: line } = await json(`explain ${setBy} --json`)
      expect([name, line.split('=')[1]]).not.toEqual([name, defaults?.['linux-6.18']])
    }
  })
  test('nor can it be set', async () => {
    const { code, err } = await halfopen('check close --set net.ipv4.tcp_time_wait_len=10')
    expect(code).toBe(2)
    expect(err).toContain('"net.ipv4.tcp_time_wait_len" is in no kernel; halfopen explain tcp_time_wait_len tells')
  })
  test('what does it instead can be explained, too', async () => {
    for (const { instead = [] } of knobs)
      for (const name of instead) expect([name, (await halfopen(['explain', name])).code]).toEqual([name, 0])
  })
  test('one that the model does not have', async () => {
    const { code, out } = await halfopen('explain net.ipv4.tcp_early_retrans')
    expect(code).toBe(0)
    expect(out).toMatch(/^tcp_early_retrans, a sysctl\n/)
    expect(out).toContain('modelled    no: no world can set it\n')
  })
  test('a mistyped one', async () => {
    const { code, err } = await halfopen('explain tcp_syncokies')
    expect([code, err]).toEqual([2, expect.stringContaining('did you mean tcp_syncookies?')])
  })
  test.each(knobs.map((k) => k.name))('%s --json', async (name) => {
    const document = await json(`explain ${name} --json`)
    expect(document).toMatchObject({ id: name, means: expect.any(String), source: expect.stringMatching(/^linux: /) })
  })
})

test('explain a counter: what it counts, where it stands, and which kernels have it', async () => {
  const counter = await json('explain TCPSynRetrans --json')
  expect(counter).toMatchObject({ is: 'counter', file: '/proc/net/netstat, TcpExt' })
  expect(counter.kernels).toContain('linux-4.4')
  expect(counter.kernels).not.toContain('linux-3.10')
  expect(await json('explain InErrs --json')).toMatchObject({ file: '/proc/net/snmp, Tcp' })
})

test('explain a property: its verdict per kernel', async () => {
  expect(await json('explain Q9 --json')).toMatchObject({
    'per kernel': { 'linux-6.18': 'holds', 'linux-4.9': 'violated' },
  })
})

test('explain a claim: what is said, where, the verdict per kernel, why, and what decides it', async () => {
  const { out } = await halfopen('explain netstat-send-q-is-maximum')
  for (const words of [
    'netstat(8)',
    'linux-3.10  false',
    'netstat prints 0 there',
    'three-at-once: netstat-send-q-is-limit  holds',
  ])
    expect(out).toContain(words)
})

test('explain a property by its name: the same as by its number', async () => {
  const byName = await json('explain no-data-in-syn_recv --json')
  expect(byName).toEqual(await json('explain H4 --json'))
  expect(byName).toMatchObject({ id: 'H4', 'also named': 'no-data-in-SYN_RECV' })
})

test('explain a difference between kernels: what it decides, what each does, and since when', async () => {
  expect(await json('explain crossedSynAck --json')).toMatchObject({
    decides: 'A SYN+ACK in the SYN_RECV of crossed SYNs.',
    'linux-6.1': expect.stringContaining('is challenged'),
    'changed in Linux': { 'since 6.11': 'accept' },
  })
})
