/** Mealy machines: each input of each state leads to a state, and gives an output. */
export type Word = readonly string[]

export interface Edge {
  readonly to: number
  readonly output: string
}

/** State 0 is the first; every state has an edge for each input. */
export interface Mealy {
  readonly inputs: readonly string[]
  readonly states: readonly ReadonlyMap<string, Edge>[]
}

export const edge = (m: Mealy, state: number, input: string): Edge => m.states[state]!.get(input)!

/** What the machine answers, and the states that it comes through: the first one, and one for each input. */
export const walk = (m: Mealy, word: Word, from = 0): { readonly outputs: string[]; readonly states: number[] } => {
  const [outputs, states] = [[] as string[], [from]]
  for (const input of word) {
    const { to, output } = edge(m, states.at(-1)!, input)
    outputs.push(output)
    states.push(to)
  }
  return { outputs, states }
}

/** A shortest word to every state that can be reached. */
export const accessWords = (m: Mealy): ReadonlyMap<number, Word> => {
  const found = new Map<number, Word>([[0, []]])
  for (const [state, word] of found)
    for (const input of m.inputs) {
      const { to } = edge(m, state, input)
      if (!found.has(to)) found.set(to, [...word, input])
    }
  return found
}

/** Where two machines part: the last input of the word is the first that they answer differently. */
export interface Parting {
  readonly word: Word
  readonly outputs: readonly [string, string]
}

/** For each pair of states that some word leads to, and each input that parts them there, a shortest word; shortest first. */
export function* partings(a: Mealy, b: Mealy): Generator<Parting> {
  const found = new Map<string, { pair: readonly [number, number]; word: Word }>([['0 0', { pair: [0, 0], word: [] }]])
  for (const { pair, word } of found.values())
    for (const input of a.inputs) {
      const [x, y] = [edge(a, pair[0], input), edge(b, pair[1], input)]
      if (x.output !== y.output) yield { word: [...word, input], outputs: [x.output, y.output] }
      else if (!found.has(`${x.to} ${y.to}`))
        found.set(`${x.to} ${y.to}`, { pair: [x.to, y.to], word: [...word, input] })
    }
}
