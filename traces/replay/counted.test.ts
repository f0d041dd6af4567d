import { expect, it } from 'vitest'
import { openCapture } from '../readers/index.ts'
import { corpusFile } from '../readers/testing/corpus.ts'
import { countedBy } from './counted.ts'
import { replayConnection } from './replay.ts'

const kernels = { client: ['linux-6.18'], server: ['linux-6.18'] } as const

/** What an end of each connection must have counted. */
const countedAt = (tapAt: 'client' | 'server', name: string, slack: number) =>
  openCapture(corpusFile(name)).connections.map((c) => {
    const end = replayConnection(c, kernels, { limits: { tapAt } })[tapAt]
    return Object.fromEntries(countedBy<unknown>(end!.surviving, slack))
  })
const atServer = (name: string, slack: number) => countedAt('server', name, slack)
const atClient = (name: string, slack: number) => countedAt('client', name, slack)

it('a connection that opens and closes: the child, and nothing else', () => {
  expect(atServer('01-normal/capture.pcap', 0)).toEqual([{ PassiveOpens: [1, 1] }])
})

it('a run that invents more may have counted more', () => {
  const [counted] = atServer('01-normal/capture.pcap', 2)
  expect(counted).toMatchObject({ PassiveOpens: [1, 1], ListenOverflows: [0, expect.any(Number)] })
})

it('what is seen to be repeated is counted, in every run', () => {
  const synAcks = atServer('05c-ghost-exhausted/capture.pcap', 2).map(({ TCPSynRetrans }) => TCPSynRetrans)
  const repeated = openCapture(corpusFile('05c-ghost-exhausted/capture.pcap')).connections.map(({ packets }) =>
    Math.max(0, packets.filter(({ flags }) => flags === 'S.').length - 1),
  )
  expect(synAcks).toEqual(repeated.map((n) => (n === 0 ? undefined : [n, n])))
})

it('a SYN with the number of one before is the same attempt', () => {
  const counted = atClient('07-accept-queue-limit/capture-client.pcap', 2)
  expect(counted.map(({ ActiveOpens }) => ActiveOpens)).toEqual(counted.map(() => [1, 1]))
  expect(counted.filter(({ TCPSynRetrans }) => TCPSynRetrans?.join() === '1,1')).toHaveLength(15)
})

it('a client that retransmits nothing and has not closed still exists when the RST comes: its end would have sent a RST', () => {
  const counted = atClient('07-accept-queue-limit/capture-client.pcap', 2)
  expect(counted.flatMap(({ EstabResets }) => (EstabResets ? [EstabResets] : []))).toEqual(Array(9).fill([1, 1]))
})

it('the first repetition of all that is under way is a probe for the tail, where the SYNs settled on SACK', () => {
  const probes = (name: string) =>
    atClient(name, 2).flatMap(({ TCPLossProbes }) => (TCPLossProbes ? [TCPLossProbes] : []))
  expect(probes('05c-ghost-exhausted/capture-client.pcap')).toEqual(Array(3).fill([1, 1]))
  expect(probes('transfer/bulk-no-sack-client.pcap').some(([least]) => least > 0)).toBe(false)
})

it('at the own interface a SYN+ACK that was not seen was not sent: duplicate SYNs may have stayed unanswered', () => {
  const counted = atServer('11g-synack-syncnt-dupsyn/capture.pcap', 2)
  const sum = (which: 0 | 1): number => counted.reduce((n, { TCPTimeouts }) => n + (TCPTimeouts?.[which] ?? 0), 0)
  expect(sum(0)).toBeLessThanOrEqual(10) // the kernel's count
  expect(sum(1)).toBeGreaterThanOrEqual(10)
})
