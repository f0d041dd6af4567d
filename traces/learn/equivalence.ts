/** Words that may show that a learnt machine is wrong, the most telling first. */
import fc from 'fast-check'
import { accessWords, type Mealy, partings, type Word } from './mealy.ts'

/** A machine that is thought to be much the same, and what tells each of its states from the others. */
export interface Guide {
  readonly machine: Mealy
  readonly suffixes: readonly (readonly Word[])[]
}

export interface Tests {
  readonly guides?: readonly Guide[]
  /** The inputs of which pairs follow each transition; absent: all. */
  readonly calls?: readonly string[]
  /** So many random words, drawn from the seed. */
  readonly words: number
  readonly seed: number
}

export function* testWords(machine: Mealy, o: Tests): Generator<Word> {
  for (const guide of o.guides ?? []) for (const { word } of partings(machine, guide.machine)) yield word
  for (const guide of o.guides ?? []) yield* guided(guide)
  yield* followed(machine, o.calls ?? machine.inputs)
  yield* random(machine, o)
}

/** Every transition of the guide, and then what tells where it has led. */
function* guided({ machine, suffixes }: Guide): Generator<Word> {
  for (const [state, access] of accessWords(machine))
    for (const [input, { to }] of machine.states[state]!)
      for (const suffix of suffixes[to]!) yield [...access, input, ...suffix]
}

/** Every transition of the machine, and then every pair of calls. */
function* followed(machine: Mealy, calls: readonly string[]): Generator<Word> {
  for (const access of accessWords(machine).values())
    for (const input of machine.inputs)
      for (const first of calls) for (const second of calls) yield [...access, input, first, second]
}

/** From any state a word of up to twenty inputs. */
function* random(machine: Mealy, { words, seed }: Tests): Generator<Word> {
  const from = fc.constantFrom(...accessWords(machine).values())
  const rest = fc.array(fc.constantFrom(...machine.inputs), { minLength: 1, maxLength: 20, size: 'max' })
  for (const [access, then] of fc.sample(fc.tuple(from, rest), { seed, numRuns: words })) yield [...access, ...then]
}
