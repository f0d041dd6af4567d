/** The model's machine, by exploration instead of questions: it is exact, and tells what to ask of a kernel. */
import type { ProfileName } from '../../model/index.ts'
import type { Alphabet } from './alphabet.ts'
import type { Guide } from './equivalence.ts'
import { learn } from './learn.ts'
import { type Edge, type Mealy, type Word, walk } from './mealy.ts'
import { ModelHost } from './model-host.ts'
import type { Numbers } from './numbers.ts'
import { played } from './tcp-teacher.ts'

/** A profile without limited queues has no end of states. */
const MOST = 200

/** Undefined where there are too many states. */
export const explored = (profile: ProfileName, { inputs }: Alphabet): Guide | undefined => {
  const host = new ModelHost(profile)
  const known = new Map([[keyOf(host, []), 0]])
  const words: Word[] = [[]]
  const states: Map<string, Edge>[] = []
  for (const word of words) {
    const edges = inputs.map((input): [string, Edge] => {
      const next = [...word, input]
      const { answer, numbers } = played(host, next)
      const key = textOf(host, numbers)
      if (!known.has(key)) known.set(key, words.push(next) - 1)
      return [input, { to: known.get(key)!, output: answer.at(-1)! }]
    })
    states.push(new Map(edges))
    if (words.length > MOST) return undefined
  }
  return merged({ inputs, states })
}

const keyOf = (host: ModelHost, word: Word): string => textOf(host, played(host, word).numbers)

/** The smallest machine that answers alike, and what tells its states apart. */
const merged = (machine: Mealy): Guide =>
  learn(
    { inputs: machine.inputs, ask: (word) => walk(machine, word).outputs },
    { guides: [{ machine, suffixes: machine.states.map(() => []) }], calls: [], words: 0, seed: 0 },
  )

/** Numbers of the model are small, those of sequences are not. */
const SMALLEST = 2 ** 20

/** The state without what no answer depends on: how many connections there were, how much text is unread. */
const textOf = (host: ModelHost, numbers: Numbers): string =>
  JSON.stringify(host.state, (key, value) => {
    if (key === 'made') return undefined
    if (key === 'unread') return Math.min(value as number, 1)
    return typeof value === 'number' && value > SMALLEST ? numbers.relative(value) : value
  })
