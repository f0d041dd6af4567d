import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Capture, Packet } from '../capture.ts'
import { readFolder } from '../conformance/folder.ts'
import { openInjected } from '../evidence/injected.ts'
import { connectionsOf } from '../readers/connections.ts'
import { openCapture } from '../readers/index.ts'
import { corpusFile } from '../readers/testing/corpus.ts'
import { type ReplayCaptureOptions, replay } from '../replayCapture.ts'
import type { Setting } from './merge.ts'

const kernels = { client: 'linux-6.18', server: 'linux-6.18' } as const
const hostsOf = (capture: Capture, options: ReplayCaptureOptions = {}) => replay(capture, options).hosts
const settingOf = (capture: Capture, side: 'client' | 'server', name: string): Setting | undefined =>
  hostsOf(capture)
    .find((h) => h.side === side)
    ?.settings.find(({ setting }) => setting === name)

/** SYNs of one client after so many seconds each, and a packet of somebody else in the end. */
const synsAfter = (waits: readonly number[], until: number): Capture => {
  const capture = openCapture(corpusFile('diagnosis/syn-dropped-path.pcap'))
  const [syn] = capture.packets
  let time = syn!.time!
  const syns = [0, ...waits].map((wait): Packet => {
    time += wait
    return { ...syn!, time }
  })
  const other: Packet = { ...syn!, source: { address: '10.0.0.9', port: 9 }, time: time + until }
  const packets = [...syns, other].map((p, i) => ({ ...p, number: i + 1 }))
  return { ...capture, packets, connections: connectionsOf(packets) }
}

describe('how often the server repeats its SYN+ACK', () => {
  it('exactly, where a RST shows that it gave up', () => {
    expect(
      settingOf(openCapture(corpusFile('05c-ghost-exhausted/capture.pcap')), 'server', 'tcp_synack_retries'),
    ).toEqual({
      setting: 'tcp_synack_retries',
      least: 2,
      most: 2,
      packets: [41, 52, 71],
      because: 'packet 52 is the 2nd SYN+ACK retransmission, and packet 71 knows no connection',
      unless: 'TCP_SYNCNT is set on the listener',
    })
  })
  it('at least, where the capture ends before', () => {
    const found = settingOf(
      openCapture(corpusFile('ghost-connection/ghost-connection.tcpdump.txt')),
      'server',
      'tcp_synack_retries',
    )
    expect(found).toMatchObject({
      least: 4,
      packets: [9, 13, 16, 19],
      because: 'packet 19 is the 4th SYN+ACK retransmission',
    })
    expect(found).not.toHaveProperty('most')
  })
})

describe('how the client repeats its SYN', () => {
  const linear = [1.01, 1.02, 1.02, 1.02, 1.02, 2.02, 4.06, 8.2, 16.1, 33]
  it('at equal intervals and then at double ones: both settings, exactly, once it gave up', () => {
    const capture = synsAfter(linear, 200)
    expect(settingOf(capture, 'client', 'tcp_syn_linear_timeouts')).toMatchObject({
      least: 4,
      most: 4,
      packets: [1, 2, 3, 4, 5, 6, 7],
    })
    expect(settingOf(capture, 'client', 'tcp_syn_retries')).toMatchObject({
      least: 6,
      most: 6,
      unless: expect.stringContaining('gave up before'),
    })
  })
  it('equal intervals rule out the kernels that have none, by their packets', () => {
    const client = hostsOf(synsAfter(linear, 1))[0]!
    expect(client.fits).toEqual(['linux-6.18'])
    expect(client.ruledOut.find(({ kernel }) => kernel === 'linux-6.1')).toMatchObject({
      certain: true,
      packets: [1, 2, 3, 4, 5, 6, 7],
    })
  })
  it('doubling at once: none are equal, and what comes after is not known', () => {
    const capture = synsAfter([1.02, 2.02], 2)
    expect(settingOf(capture, 'client', 'tcp_syn_linear_timeouts')).toMatchObject({ least: 0, most: 0 })
    const retries = settingOf(capture, 'client', 'tcp_syn_retries')
    expect(retries).toMatchObject({ least: 2 })
    expect(retries).not.toHaveProperty('most')
  })
  it('intervals that no timer has tell nothing', () => {
    expect(settingOf(synsAfter([3, 3, 5], 100), 'client', 'tcp_syn_retries')).toBeUndefined()
  })
})

it('a RST that answers a late FIN tells of tcp_fin_timeout', () => {
  const found = settingOf(openCapture(corpusFile('diagnosis/fin-wait2-timeout.pcap')), 'client', 'tcp_fin_timeout')
  expect(found).toMatchObject({ most: 3, packets: [4, 5, 6, 7] })
})

it('a kernel that explains only by more inventions is unlikely, with the packet that asks for them', () => {
  const client = hostsOf(openCapture(corpusFile('ghost-connection/ghost-connection.tcpdump.txt')))[0]!
  expect(client.fits).not.toContain('linux-6.18')
  const out = client.ruledOut.find(({ kernel }) => kernel === 'linux-6.18')!
  expect(out.packets.length).toBeGreaterThan(0)
  expect(out.because).not.toBe('')
})

describe('what is inferred contains what was set', () => {
  it.each(['01-normal', '05c-ghost-exhausted'])('%s: the kernel', (folder) => {
    for (const { fits } of hostsOf(openCapture(corpusFile(`${folder}/capture.pcap`))))
      expect(fits).toContain('linux-6.18')
  })
  it.each([
    '01-normal',
    '05-ghost',
    '05c-ghost-exhausted',
    '06-abort-on-overflow',
    '09-syncookies',
    '11g-synack-syncnt-dupsyn',
    '21-defer-accept',
  ])('%s', (folder) => {
    const { addresses, sysctls, calls } = readFolder(corpusFile(folder))
    const events = corpusFile(`${folder}/events.jsonl`)
    const forged = readFileSync(events, 'utf8').includes('"inject"') ? openInjected(events) : []
    for (const tap of ['capture', 'capture-client']) {
      const hosts = hostsOf(openCapture(corpusFile(`${folder}/${tap}.pcap`)), { forged, kernels })
      if (forged.length === 0) expect(hosts.flatMap(({ settings }) => settings).length).toBeGreaterThan(0)
      for (const { address, settings } of hosts) {
        const host = addresses.client === address ? 'client' : 'server'
        for (const { setting, least = 0, most = Number.POSITIVE_INFINITY, differs } of settings) {
          const changes = calls.filter(
            (c) => c.call === 'sysctl' && c.host === host && c.args.name === `net.ipv4.${setting}`,
          )
          const set = [sysctls[host][`net.ipv4.${setting}`], ...changes.map(({ args }) => args.value)].map(Number)
          const acting = set.map((value) => (setting === 'tcp_orphan_retries' && value === 0 ? 8 : value))
          expect(
            differs === true || acting.some((v) => v >= least && v <= most),
            `${tap} ${setting} ${least}..${most}: ${set}`,
          ).toBe(true)
        }
      }
    }
  })
})
