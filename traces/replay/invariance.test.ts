/** Over the corpus: numbers that begin elsewhere, another time and an early end of the capture change no verdict. */
import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import type { Connection } from '../capture.ts'
import { openCapture } from '../readers/index.ts'
import { corpusFiles } from '../readers/testing/corpus.ts'
import { inOwnNumbers } from './packets/numbers.ts'
import { observationsOf } from './packets/observation.ts'
import { cut, delayed, hasSameResets, shifted, toldOf } from './testing/same-capture.ts'

const kernels = { client: ['linux-6.18'], server: ['linux-6.18'] } as const
const told = (c: Connection) => toldOf(c, kernels)

/** Short connections of all captures, of each the first few. */
const short = corpusFiles('.pcap')
  .flatMap((file) => openCapture(file).connections.slice(0, 3))
  .filter(({ packets }) => packets.length <= 40)
  .map((c) => ({ c, found: told(c) }))
const conforming = short.filter(({ found }) => found.verdict === 'conforms')

const any = fc.constantFrom(...short)
const number = fc.nat(2 ** 32 - 1)
const RUNS = { numRuns: 60 }

const numbersOf = (c: Connection) =>
  inOwnNumbers(observationsOf(c))
    .observations()
    .map(({ seq, ack, len, sack }) => ({ seq, ack, len, sack }))

it('there are connections to try, of every verdict', () => {
  expect(conforming.length).toBeGreaterThan(60)
  expect(new Set(short.map(({ found }) => found.verdict))).toEqual(new Set(['conforms', 'diverges', 'inconclusive']))
})

describe('a connection of the corpus', () => {
  test.prop([any, number, number], RUNS)(
    'at other sequence numbers: all that is told is the same',
    (one, client, server) => {
      const other = shifted(one.c, { client, server })
      fc.pre(hasSameResets(one.c, other))
      expect(told(other)).toEqual(one.found)
      expect(numbersOf(other)).toEqual(numbersOf(one.c))
    },
  )

  test.prop([any], RUNS)('in numbers of its own: these are their own', ({ c }) => {
    const own = inOwnNumbers(observationsOf(c)).observations()
    expect(inOwnNumbers(own).observations()).toEqual(own)
  })

  test.prop([any, fc.integer({ min: -1_000_000, max: 1_000_000 })], RUNS)(
    'at another time: all that is told is the same',
    ({ c, found }, by) => {
      expect(told(delayed(c, by))).toEqual(found)
    },
  )

  test.prop([fc.constantFrom(...conforming), fc.double({ min: 0, max: 1, noNaN: true })], { numRuns: 150 })(
    'that conforms, cut after a packet: what is left does not diverge',
    ({ c }, share) => {
      expect(told(cut(c, share))).not.toMatchObject({ verdict: 'diverges' })
    },
  )
})
