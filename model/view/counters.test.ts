import { describe, expect, test } from 'vitest'
import { counters } from '../counters.ts'
import { linuxProfiles, type ProfileName } from '../profile/index.ts'
import { play, setting } from '../testing/world.ts'
import { type bookkeeping, counterLines, fileOf } from './counters.ts'

const silent = { name: 'client', calls: [], writes: 0, connects: 1, again: 'after any end' } as const
const syn = ['client connect', 'deliver to server'] as const
const handshake = [...syn, 'deliver to client', 'deliver to server'] as const

describe('/proc/net/snmp and /proc/net/netstat', () => {
  const s = setting({ clients: [silent], backlog: 0 })
  const run = (names: readonly string[]) => {
    const steps = names.map((_, i) => play(s, ...names.slice(0, i + 1)))
    return { effects: steps.map((step) => step.effects), world: steps.at(-1)!.world, setting: s }
  }
  test('a handshake, as the server has counted it', () => {
    expect(counterLines(run(handshake), 'server').slice(0, 2)).toEqual([
      'Tcp: RtoAlgorithm RtoMin RtoMax MaxConn ActiveOpens PassiveOpens AttemptFails EstabResets CurrEstab InSegs OutSegs RetransSegs InErrs OutRsts InCsumErrors',
      'Tcp: 1 200 120000 -1 0 1 0 0 1 2 1 0 0 0 0',
    ])
    expect(counterLines(run(handshake), 'client')[1]).toBe('Tcp: 1 200 120000 -1 1 0 0 0 1 1 2 0 0 0 0')
  })
  test('every counter of the model stands in one of the files, in the order of the kernel', () => {
    const lines = counterLines(run(handshake), 'server')
    const names = (kernel: ProfileName) => counterLines(run(handshake), 'server', kernel).filter((_, i) => i % 2 === 0)
    const listed = [...names('linux-6.18'), ...names('linux-4.9')].flatMap((line) => line.split(' ').slice(1))
    expect(Object.keys(counters).filter((name) => !listed.includes(name))).toEqual([])
    expect(lines[2]).toMatch(
      /^TcpExt: SyncookiesSent SyncookiesRecv SyncookiesFailed EmbryonicRsts .*ListenOverflows ListenDrops /,
    )
    expect(fileOf('InErrs')).toBe('/proc/net/snmp, Tcp')
    expect(fileOf('ListenDrops')).toBe('/proc/net/netstat, TcpExt')
  })
  test('a kernel that lacks a counter, or has it no more, does not print it', () => {
    const printing = (counter: string) =>
      linuxProfiles.filter((k) => counterLines(run(handshake), 'server', k)[2]!.split(' ').includes(counter))
    expect(printing('TCPSynRetrans')).toEqual(['linux-6.18', 'linux-6.1', 'linux-5.10', 'linux-4.9', 'linux-4.4'])
    expect(printing('PAWSPassive')).toEqual(['linux-4.9', 'linux-4.4', 'linux-3.10'])
  })
  test('a SYN+ACK that is repeated is in OutSegs both times, a SYN once', () => {
    const lost = run([...syn, 'tick', 'client timer', 'server timer'])
    expect(valuesOf(counterLines(lost, 'server'))).toMatchObject({ OutSegs: 2, RetransSegs: 1, TCPSynRetrans: 1 })
    expect(valuesOf(counterLines(lost, 'client'))).toMatchObject({ OutSegs: 1, RetransSegs: 1, TCPSynRetrans: 1 })
  })
  test('CurrEstab counts CLOSE_WAIT since 6.10', () => {
    const ended = setting({ clients: [{ ...silent, calls: ['close'] }] })
    const { world } = play(ended, ...handshake, 'client close', 'deliver to server')
    const currEstab = (kernel: keyof typeof bookkeeping) =>
      valuesOf(counterLines({ effects: [], world, setting: ended }, 'server', kernel)).CurrEstab
    expect([currEstab('linux-6.1'), currEstab('linux-6.18')]).toEqual([0, 1])
  })
})

const valuesOf = (lines: readonly string[]): Record<string, number> =>
  Object.fromEntries(
    [0, 2].flatMap((at) => {
      const values = lines[at + 1]!.split(' ')
      return lines[at]!.split(' ').map((name, i) => [name, Number(values[i])])
    }),
  )
