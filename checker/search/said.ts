import { CheckerFault } from '../faults.ts'
import type { Property } from '../property.ts'

/**
 * What a predicate says of a view.
 * @throws CheckerFault BAD_PROPERTY when it throws, or says neither true nor false, with what it was asked of
 */
export function said<V>({ id }: Property, name: string, predicate: (view: V) => boolean, view: V): boolean {
  let answer: unknown
  try {
    answer = predicate(view)
  } catch (error) {
    if (error instanceof CheckerFault || !(error instanceof TypeError || error instanceof ReferenceError)) throw error
    throw bad(id, name, `throws "${error.message}"`, view)
  }
  if (typeof answer !== 'boolean') throw bad(id, name, `says ${short(answer)}, neither true nor false,`, view)
  return answer
}

const bad = (id: string, name: string, what: string, view: unknown): CheckerFault =>
  new CheckerFault('BAD_PROPERTY', `Property ${id}: ${name} ${what} of ${short(view)}.`)

const LONGEST = 200

const short = (value: unknown): string => {
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text
}
