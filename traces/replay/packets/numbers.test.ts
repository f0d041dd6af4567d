import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { add, distance, type Flags, type Segment, type Seq, seq } from '../../../model/index.ts'
import { asCaptured, inOwnNumbers } from './numbers.ts'
import type { Observation, Side } from './observation.ts'

const observation = (from: Side, segment: Segment): Observation => ({
  packet: 1,
  from,
  flags: segment.flags,
  len: segment.len,
  seq: segment.seq,
  ...(segment.ack !== undefined && { ack: segment.ack }),
  segment,
})

/** A client that says so much, at these distances from its SYN, to a server that has heard so much of it. */
const conversation = (isn: number, texts: readonly (readonly [at: number, len: number, heard: number])[]) => {
  const server = seq(isn + 2 ** 31)
  return [
    observation('client', { flags: 'S', seq: seq(isn), len: 0 }),
    observation('server', { flags: 'S.', seq: server, ack: seq(isn + 1), len: 0 }),
    ...texts.flatMap(([at, len, heard]) => [
      observation('client', { flags: '.', seq: seq(isn + at), ack: add(server, 1), len }),
      observation('server', { flags: '.', seq: add(server, 1), ack: seq(isn + heard), len: 0 }),
    ]),
  ]
}

const shownBy = (o: readonly Observation[]): Seq[] =>
  o.flatMap((x) =>
    x.from === 'client' ? [x.segment.seq, add(x.segment.seq, x.len + (x.flags === 'S' ? 1 : 0))] : x.ack!,
  )

const text = (): fc.Arbitrary<[number, number, number]> =>
  fc.tuple(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 0, max: 9_000 }))
const anySeq = (): fc.Arbitrary<number> => fc.integer({ min: 0, max: 2 ** 32 - 1 })

describe('numbers of its own', () => {
  test.prop([anySeq(), fc.array(text(), { maxLength: 6 })])('leave order and neighbours as they are', (isn, texts) => {
    const captured = conversation(isn, texts)
    const before = shownBy(captured)
    const after = shownBy(inOwnNumbers(captured).observations())
    for (const [i, a] of before.entries())
      for (const [j, b] of before.entries()) {
        const [was, is] = [distance(a, b), distance(after[i]!, after[j]!)]
        expect(Math.sign(is)).toBe(Math.sign(was))
        if (was === 1 || is === 1) expect(is).toBe(was)
      }
  })

  test.prop([anySeq(), fc.array(text(), { maxLength: 6 })])('lead back to those of the capture', (isn, texts) => {
    const captured = conversation(isn, texts)
    const own = inOwnNumbers(captured)
    expect(own.observations().map((o) => asCaptured(o.segment, o.from, own))).toEqual(captured.map((o) => o.segment))
  })

  test.prop([
    anySeq(),
    anySeq(),
    fc.array(fc.tuple(fc.integer({ min: 2, max: 9_000 }), fc.integer({ min: 2, max: 9_000 }))),
  ])(
    'are the same for any ISN, and for texts of any length that are acknowledged as a whole',
    (one, other, lengths) => {
      const inTurn = (isn: number, lens: readonly number[]) => {
        let at = 1
        return conversation(
          isn,
          lens.map((len) => {
            at += len
            return [at - len, len, at] as const
          }),
        )
      }
      const [a, b] = [
        inTurn(
          one,
          lengths.map(([x]) => x),
        ),
        inTurn(
          other,
          lengths.map(([, y]) => y),
        ),
      ]
      expect(inOwnNumbers(a).observations()).toEqual(inOwnNumbers(b).observations())
    },
  )

  it('keep the width of a gap, and the octet of a probe', () => {
    const observations = inOwnNumbers(
      conversation(7, [
        [1, 100, 101],
        [100, 1, 101],
        [70_000, 50, 101],
      ]),
    ).observations()
    const [first, probe, beyond] = observations.filter((o) => o.from === 'client' && o.len > 0)
    expect([first!.len, probe!.len, beyond!.len]).toEqual([3, 1, 2])
    expect(distance(add(first!.seq!, first!.len), beyond!.seq!)).toBe(70_000 - 101)
  })

  it('leave a stateless RST its number 0', () => {
    const reset: Segment = { flags: 'R.' as Flags, seq: seq(0), ack: seq(8), len: 0 }
    const captured = [observation('client', { flags: 'S', seq: seq(7), len: 0 }), observation('server', reset)]
    const own = inOwnNumbers(captured)
    expect(own.observations()[1]!.segment.seq).toBe(0)
    expect(own.observations()[1]!.ack).toBe(add(own.observations()[0]!.seq!, 1))
    expect(asCaptured(own.observations()[1]!.segment, 'server', own)).toEqual(reset)
  })

  it('unroll a transfer of more than 2³² bytes', () => {
    const step = 2 ** 28
    const texts = Array.from({ length: 40 }, (_, i) => [1 + i * step, step, 1 + (i + 1) * step] as const)
    const observations = inOwnNumbers(conversation(2 ** 31, texts)).observations()
    expect(
      shownBy(observations)
        .map((n) => distance(observations[0]!.seq!, n))
        .at(-1),
    ).toBe(1 + 2 * texts.length)
  })
})
