/** The tools themselves as oracle: whatever prints them, the sockets of this test are the same, and so are the counters. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { counters } from '../../model/index.ts'
import { readSettings } from '../readers/settings.ts'
import { readCounters } from './counters.ts'
import { readSockets } from './read-sockets.ts'

const has = (command: string, ...args: string[]): boolean => spawnSync(command, args).status === 0
const run = (command: string): string => {
  const [program = '', ...args] = command.split(' ')
  if (program === 'cat') return args.map((file) => readFileSync(file, 'utf8')).join('')
  return spawnSync(program, args, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } }).stdout
}

const available = {
  ss: has('ss', '--version'),
  netstat: has('netstat', '--version'),
  cat: existsSync('/proc/net/tcp'),
  nstat: has('nstat', '--version'),
  sysctl: has('sysctl', '--version'),
}
const missing = Object.entries(available).flatMap(([name, there]) => (there ? [] : [name]))
if (missing.length > 0)
  console.warn(`\nSKIPPED: ${missing.join(', ')} not here, so nothing checks what is read of it\n`)
const there = (command: string): boolean => available[command.split(' ')[0] as keyof typeof available]

/** A connection to itself on the loopback, with five bytes that nobody reads. */
const withConnection = async (host: string, look: (server: number, client: number) => void): Promise<void> => {
  const server = createServer({ pauseOnConnect: true })
  await new Promise<void>((listening) => server.listen(0, host, 7, listening))
  const { port } = server.address() as AddressInfo
  const accepted = new Promise<void>((done) => server.once('connection', (socket) => socket.unref() && done()))
  const socket = connect(port, host)
  await new Promise((done) => socket.write('12345', done))
  await accepted
  try {
    look(port, socket.localPort!)
  } finally {
    socket.destroy()
    server.close()
  }
}

const listings = [
  'ss -tan',
  'ss -tanoi',
  'ss -tanOiem',
  'ss -Htan',
  'ss -tanp',
  'ss -a -n',
  'netstat -ant',
  'netstat -antpo',
  'netstat -anteo',
  'cat /proc/net/tcp /proc/net/tcp6',
]

describe.each(['127.0.0.1', '::1'])('a connection of %s', (host) => {
  it.each(listings.filter(there))('%s', async (command) => {
    await withConnection(host, (server, client) => {
      const { rows } = readSockets(run(command))
      const of = (local: number) => rows.filter((row) => row.local.port === local)
      const end = (local: number, remote: number, recvQ: number) => ({
        state: 'ESTABLISHED',
        recvQ,
        local: { address: host, port: local },
        remote: { address: host, port: remote },
      })
      expect(of(client)).toMatchObject([end(client, server, 0)])
      expect(of(server).filter(({ state }) => state === 'LISTEN')).toMatchObject([
        { recvQ: 0, remote: { port: '*' }, ...(command.startsWith('ss') ? { backlog: 7 } : {}) },
      ])
      expect(of(server).filter(({ state }) => state !== 'LISTEN')).toMatchObject([end(server, client, 5)])
    })
  })
})

describe.skipIf(!available.cat)('counters', () => {
  const names = () => Object.keys(readCounters(run('cat /proc/net/snmp /proc/net/netstat')))
  it.each(['nstat -asz', 'nstat -asz --json'].filter(there))('%s has those of the model', (command) => {
    const printed = Object.keys(readCounters(run(command)))
    expect(printed).toEqual(expect.arrayContaining(Object.keys(counters).filter((name) => names().includes(name))))
  })
  it.skipIf(!available.netstat)(
    'netstat -s: every sentence is of a counter, and its value is between two readings',
    () => {
      const before = readCounters(run('cat /proc/net/snmp /proc/net/netstat'))
      const sentences = readCounters(run('netstat -st'))
      const after = readCounters(run('cat /proc/net/snmp /proc/net/netstat'))
      for (const [name, value] of Object.entries(sentences)) {
        const spelling = name in before ? name : name.replace(/^Tcp/, 'TCP')
        if (!(spelling in before) || spelling === 'CurrEstab') continue
        expect([spelling, value >= before[spelling]! && value <= after[spelling]!]).toEqual([spelling, true])
      }
      expect(Object.keys(sentences)).toEqual(expect.arrayContaining(['ActiveOpens', 'PassiveOpens', 'OutRsts']))
    },
  )
})

it.skipIf(!available.sysctl)('sysctl -a', () => {
  const { sysctls } = readSettings(run('sysctl -a'))
  expect(sysctls.tcp_synack_retries).toBe(Number(readFileSync('/proc/sys/net/ipv4/tcp_synack_retries', 'utf8')))
})
