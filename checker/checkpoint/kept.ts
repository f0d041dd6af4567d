/** The text of a checkpoint: a line that says what it is, with a checksum, and a line of JSON. */
import { Digest } from '../digest.ts'
import { CheckerFault } from '../faults.ts'
import type { Entry } from '../search/record.ts'
import type { Identity } from './identity.ts'
import type { Standing } from './standing.ts'

/** Where a run of states stands among the bytes of the store. */
export interface KeptPlace {
  readonly length: number
  readonly from: number
  readonly bytes: number
  readonly checksum: number
}

/** Everything besides the states themselves. */
export interface Kept {
  readonly identity: Identity
  readonly standing: Standing
  readonly states: number
  readonly secondsBefore: number
  readonly fired: readonly string[]
  readonly entries: readonly Pick<Entry, 'exercised' | 'hit' | 'proved'>[]
  readonly starts: readonly number[]
  /** Runs that never change again, and the one that was open. */
  readonly runs: readonly KeptPlace[]
  readonly open?: KeptPlace
}

const MAGIC = 'checkpoint of a search'

export const checksumOf = (bytes: Uint8Array): number => new Digest().addNumbers(bytes).number

export function toText(kept: Kept): string {
  const body = JSON.stringify(kept)
  return `${MAGIC} ${new Digest().addText(body).hex}\n${body}\n`
}

/** @throws CheckerFault BAD_CHECKPOINT */
export function fromText(text: string, place: string): Kept {
  const [first = '', body = ''] = text.split('\n', 2)
  if (!first.startsWith(MAGIC)) throw damaged(place, 'it is no checkpoint')
  if (first !== `${MAGIC} ${new Digest().addText(body).hex}`) throw damaged(place, 'it was changed or cut off')
  return JSON.parse(body) as Kept
}

export function damaged(place: string, why: string): CheckerFault {
  const remedy = 'delete it and begin anew'
  return new CheckerFault('BAD_CHECKPOINT', `The checkpoint in ${place} cannot be read: ${why}; ${remedy}.`)
}
