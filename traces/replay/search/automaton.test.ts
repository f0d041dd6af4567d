/** What is learnt of regular traffic is little, and what was learnt of other captures changes nothing. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { ProfileName, Socket } from '../../../model/index.ts'
import { writePolls } from '../../bench/polls.ts'
import { type Connection, openCapture, replay } from '../../index.ts'
import { corpusFile } from '../../readers/testing/corpus.ts'
import type { ServerEnd } from '../actors/server-end.ts'
import { replayConnection } from '../replay.ts'
import { AutomataPool } from './automata.ts'

const scratch = mkdtempSync(join(tmpdir(), 'halfopen-'))
afterAll(() => rmSync(scratch, { recursive: true }))

const kernels = { client: ['linux-6.18', 'linux-3.10'], server: ['linux-6.18', 'linux-3.10'] } as const
const poolOf = () => ({
  client: new AutomataPool<Socket, ProfileName>(),
  server: new AutomataPool<ServerEnd, ProfileName>(),
})

const polled = (packets: number): Connection => {
  const file = join(scratch, `${packets}.pcap`)
  writePolls(file, packets)
  return openCapture(file).connections[0]!
}

it('a connection with many losses takes few hypotheses: kernels that part meet again', () => {
  const capture = openCapture(corpusFile('slow/117-packets.pcap'))
  expect(replay(capture, { bounds: { hypotheses: 10_000 } }).verdict).toBe('conforms')
})

describe('polls without end', () => {
  /** Transitions on the way through the capture, and how many different ones they are. */
  const taken = (packets: number) => {
    const { connection, client, server } = replayConnection(polled(packets), kernels)
    expect(connection.verdict).toBe('conforms')
    return [client!, server!].map(({ searched: { transitions } }) => [
      transitions.length,
      new Set<object>(transitions).size,
    ])
  }
  it('ten times as many packets take the same few transitions', () => {
    const [few, many] = [taken(300), taken(3_000)]
    expect(many[0]![0]).toBeGreaterThan(9 * few[0]![0]!)
    expect(many.map(([, different]) => different)).toEqual(few.map(([, different]) => different))
  })
})

describe('what was learnt of other captures changes nothing', () => {
  const connections = ['diagnosis', 'transfer'].flatMap((folder) =>
    readdirSync(corpusFile(folder))
      .filter((name) => name.endsWith('.pcap'))
      .flatMap((name) => openCapture(corpusFile(`${folder}/${name}`)).connections.slice(0, 2)),
  )
  const told = (c: Connection, asked?: ReturnType<typeof poolOf>) => {
    const { connection } = replayConnection(c, kernels, asked ? { asked } : {})
    const { verdict, divergence, invents, alternatives, fits } = connection
    return { verdict, divergence, invents, alternatives, fits, timeline: connection.timeline() }
  }
  it('verdict, states, inventions and kernels are those of a search that starts from nothing', () => {
    const shared = poolOf()
    const short = connections.filter(({ packets }) => packets.length < 60)
    expect(short.length).toBeGreaterThan(20)
    for (const c of short) told(c, shared)
    for (const c of short) expect(told(c, shared)).toEqual(told(c))
  })
})
