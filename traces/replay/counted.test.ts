import { expect, it } from 'vitest'
import { openCapture } from '../readers/index.ts'
import { corpusFile } from '../readers/testing/corpus.ts'
import { replayConnection } from './connection.ts'
import { countedBy } from './counted.ts'

const kernels = { client: ['linux-6.18'], server: ['linux-6.18'] } as const

/** What the server of each connection must have counted. */
const atServer = (name: string, slack: number) =>
  openCapture(corpusFile(name)).connections.map((c) => {
    const { server } = replayConnection(c, kernels, { limits: { tapAt: 'server' } })
    return Object.fromEntries(countedBy<unknown>(server!.surviving, slack))
  })

it('a connection that opens and closes: the child, and nothing else', () => {
  expect(atServer('01-normal/capture.pcap', 0)).toEqual([{ PassiveOpens: [1, 1] }])
})

it('whoever invents more may have counted more', () => {
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
