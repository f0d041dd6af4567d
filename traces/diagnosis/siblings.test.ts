import { describe, expect, it } from 'vitest'
import type { Connection } from '../capture.ts'
import { readTcpdump } from '../readers/index.ts'
import { siblingsOf } from './siblings.ts'

const line = (time: string, from: string, to: string, rest: string): string =>
  `${time} IP ${from} > ${to}: Flags ${rest}`
const client = (i: number): string => `10.0.0.1.${40_000 + i}`
const SERVER = '10.0.0.2.80'

/** Clients of one port: each sends a SYN; the answer to those of `refused` is a RST. */
const clientsOf = (count: number, refused: readonly number[]): readonly Connection[] => {
  const lines = Array.from({ length: count }, (_, i) => {
    const time = `12:${String(Math.floor(i / 60)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}`
    const syn = line(`${time}.000000`, client(i), SERVER, `[S], seq ${1000 + i}, win 1, length 0`)
    const rst = line(`${time}.001000`, SERVER, client(i), `[R.], seq 0, ack ${1001 + i}, win 0, length 0`)
    return refused.includes(i) ? [syn, rst] : [syn]
  })
  return readTcpdump(lines.flat().join('\n'), 'clients').connections
}

describe('siblings', () => {
  it('those before and after, as far as the nearest 256, without the connection itself', () => {
    const all = clientsOf(600, [3, 299, 301])
    const answered: number[] = []
    let count = 0
    const siblings = siblingsOf(all, all[300]!)
    siblings.forEach(({ answers }) => {
      count += 1
      answered.push(...answers.map(({ packet }) => packet))
    })
    expect([siblings.length, count, answered]).toEqual([512, 512, [302, 305]])
  })

  it('asked in any order: the same', () => {
    const all = clientsOf(520, [0])
    const first = (i: number): number[] => {
      const refusals: number[] = []
      siblingsOf(all, all[i]!).forEach(({ answers }) => {
        for (const { packet, refuses } of answers) if (refuses) refusals.push(packet)
      })
      return refusals
    }
    expect([1, 519, 1, 256, 257, 0].map(first)).toEqual([[2], [], [2], [2], [], []])
  })

  it('no other connection: none, and nothing is told', () => {
    const all = clientsOf(1, [])
    const siblings = siblingsOf(all, all[0]!)
    expect([siblings.length, siblings.tap]).toEqual([0, undefined])
  })
})
