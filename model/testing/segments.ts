/** Segment templates: a test writes only the fields that differ from the next segment in sequence. */
import type { Flags, Segment } from '../segment.ts'
import { seq } from '../sequence.ts'

/** Our initial sequence number and the peer's: the first bytes are 101 and 501. */
export const ISS = seq(100)
export const IRS = seq(500)

export interface Fields {
  readonly seq?: number
  readonly ack?: number
  readonly len?: number
}

const template = (from: number, to: number) => {
  return (flags: Flags, fields: Fields = {}): Segment => ({
    flags,
    seq: seq(fields.seq ?? from),
    len: fields.len ?? 0,
    ...(flags.includes('.') ? { ack: seq(fields.ack ?? to) } : {}),
  })
}

/** From the peer: in sequence after its SYN, and acknowledging nothing but ours. */
export const peer = template(IRS + 1, ISS + 1)
/** From us, the same way round. */
export const ours = template(ISS + 1, IRS + 1)
