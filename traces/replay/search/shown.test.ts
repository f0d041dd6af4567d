import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { type Seq, seq } from '../../../model/index.ts'
import type { Observation } from '../packets/observation.ts'
import { LastShown } from './shown.ts'

const observation = (number: Seq | undefined, ack: Seq, len: number): Observation => ({
  packet: 1,
  from: 'client',
  flags: '.',
  ...(number !== undefined && { seq: number }),
  ack,
  len,
  segment: { flags: '.', seq: number ?? seq(0), len, ack },
})

const few = () => fc.integer({ min: 0, max: 3 }).map(seq)

test.prop([fc.array(fc.tuple(fc.option(few(), { nil: undefined }), few(), fc.integer({ min: 0, max: 2 })))])(
  'a segment is shown last where looking through all packets finds it',
  (rows) => {
    const own = rows.map(([number, ack, len]) => observation(number, ack, len))
    const lastShown = new LastShown(own)
    for (let number = 0; number < 4; number++)
      for (let ack = 0; ack < 4; ack++)
        for (let len = 0; len < 3; len++) {
          const isIt = (o: Observation) =>
            (o.seq === undefined || o.seq === number) && o.ack === ack && o.len === len && o.flags === '.'
          expect(lastShown.of(seq(number), { flags: '.', len }, seq(ack))).toBe(own.findLastIndex(isIt))
        }
  },
)
