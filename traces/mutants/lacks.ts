/**
 * What a recording lacks, or has too much of: then its packets alone do not tell what must come of it, nor of its mutants. Told
 * by rules that do not look at the model.
 */
import type { Capture, Connection } from '../capture.ts'
import { isFrom } from './mutation.ts'
import { isAliveAt } from './signs.ts'

/** In words; undefined for a recording that shows a whole connection, and no other. */
export const lackOf = ({ dropped = 0 }: Capture, { packets }: Connection): string | undefined => {
  if (dropped > 0) return `the capture itself dropped ${dropped} packets`
  if (!packets.some(({ flags }) => flags.includes('S'))) return 'it begins in the middle'
  const answers = packets.some(({ flags }) => flags.includes('.') && !flags.includes('R'))
  if (answers && packets.every((p) => isFrom(p, packets[0]!))) return 'it shows one direction only'
  const doubtful = packets.find((p, i) => p.flags.includes('R') && isAliveAt(packets, i + 1, p))
  return doubtful && `whose RST packet ${doubtful.number} is cannot be told: its sender goes on`
}
