/**
 * Counting invariants: numbers of the shared parts that are, in every reachable world, the sum of what each group adds to them.
 * They are found in the tables and proved there, step by step, so they hold for every number of groups.
 */
import type { Compiled } from '../compile/index.ts'
import { TupleInterner } from '../compile/tuples.ts'
import { type Counters, countedBy } from './counters.ts'

export interface Sum {
  /** Which number: `listener.requests`, `listener.requests − listener.young`. */
  readonly name: string
  /** By hub, what all groups add up to; NaN: many. */
  readonly total: Float64Array
  /** By slice, what one group adds. Never negative. */
  readonly weight: Int32Array
}

/** A number of the shared parts, by hub, and by how much an answer (its label) changes it where that cannot be read off. */
interface Candidate {
  readonly name: string
  readonly values: Float64Array
  readonly changes?: (label: unknown) => number | undefined
}

/** @param many the number from which on the counters only say *many*, if any of them does */
export function findSums(compiled: Compiled, counters: Counters | undefined, many: number | undefined): Sum[] {
  const found = candidates(compiled, counters, many).flatMap((candidate) => sumOf(compiled, candidate) ?? [])
  const known = new Set<string>()
  return found.filter(({ weight, total }) => {
    const key = `${weight.join()} ${total.join()}`
    return !known.has(key) && known.add(key)
  })
}

function candidates(compiled: Compiled, counters: Counters | undefined, many = Number.POSITIVE_INFINITY): Candidate[] {
  const { tables, codec } = compiled
  const hubs = Array.from({ length: tables.hubs }, (_, hub) => codec.hubParts(hub))
  const counted = hubs.map((parts) => counters?.read(parts[counters.part]) ?? [])
  const isExact = many === Number.POSITIVE_INFINITY
  const coordinates = (counters?.names ?? []).map(
    (name, i): Candidate => ({
      name,
      values: Float64Array.from(counted, (numbers) => (numbers[i]! < many ? numbers[i]! : Number.NaN)),
      ...(!isExact && { changes: (label) => countedBy(label)?.[i] ?? 0 }),
    }),
  )
  const leaves = numbersIn(hubs.map((parts) => leavesOf(parts, isExact ? undefined : counters?.part)))
  const differences = leaves.flatMap((a) =>
    leaves.flatMap((b): Candidate[] =>
      a === b ? [] : [{ name: `${a.name} − ${b.name}`, values: a.values.map((value, hub) => value - b.values[hub]!) }],
    ),
  )
  return [...leaves, ...coordinates, ...differences]
}

type Leaves = ReadonlyMap<string, number>

/** All numbers inside the shared parts, by where they are. */
function leavesOf(parts: Readonly<Record<string, unknown>>, except: string | undefined): Leaves {
  const found = new Map<string, number>()
  const look = (value: unknown, name: string): void => {
    if (typeof value === 'number') found.set(name, value)
    else if (typeof value === 'object' && value !== null)
      for (const [member, inside] of Object.entries(value)) look(inside, `${name}.${member}`)
  }
  for (const [part, state] of Object.entries(parts)) if (part !== except) look(state, part)
  return found
}

function numbersIn(hubs: readonly Leaves[]): Candidate[] {
  const names = [...(hubs[0]?.keys() ?? [])].filter((name) => hubs.every((leaves) => leaves.has(name)))
  return names.map((name) => ({ name, values: Float64Array.from(hubs, (leaves) => leaves.get(name)!) }))
}

/** The sum that this number is, if it is one. */
function sumOf(compiled: Compiled, candidate: Candidate): Sum | undefined {
  const { tables, initialDigits, codec } = compiled
  const { values, name } = candidate
  const firsts = new Set(initialDigits.map((digits) => values[digits[codec.groups]!]!))
  const [first = Number.NaN] = firsts
  if (firsts.size !== 1 || Number.isNaN(first) || !isLeftAlone(compiled, values)) return undefined
  const together = tables.togetherHub.map((next) => doneBy(next, values, first))
  const changes = changesOf(compiled, candidate)
  if (changes === undefined || !together.every((done) => done !== undefined)) return undefined
  const weight = weightsOf(compiled, changes, together)
  if (weight?.some((n) => n !== 0) !== true) return undefined
  return { name, weight, total: values.map((value) => value - first).slice(0, tables.hubs) }
}

/** What the shared parts do by themselves does not change it. */
function isLeftAlone({ tables }: Compiled, values: Float64Array): boolean {
  const { hubLocalStart, stepTarget, hubs } = tables
  for (let hub = 0; hub < hubs; hub++) {
    for (let step = hubLocalStart[hub]!; step < hubLocalStart[hub + 1]!; step++) {
      const next = stepTarget[step]!
      if (next >= 0 && !Object.is(values[next], values[hub])) return false
    }
  }
  return true
}

/** What a step that all take at once does to the sum: it keeps it, or sets it to what it was in the beginning. */
type Done = 'kept' | 'cleared'

function doneBy(next: Int32Array, values: Float64Array, first: number): Done | undefined {
  const all = (is: (from: number, to: number) => boolean): boolean =>
    next.every((to, hub) => to < 0 || is(values[hub]!, values[to]!))
  if (all((from, to) => Object.is(from, to))) return 'kept'
  return all((_, to) => to === first) ? 'cleared' : undefined
}

/** Per ask, by how much each answer changes it: the same beside every hub, or there is no sum. NaN: never answered. */
function changesOf({ tables, closed }: Compiled, { values, changes }: Candidate): Float64Array[] | undefined {
  const { askBase, rowStart, rowHub, rowAnswer, hubs } = tables
  const found: Float64Array[] = []
  for (const { id, answers } of closed.asks.asks) {
    const by = new Float64Array(answers.size).fill(Number.NaN)
    for (let hub = 0; hub < hubs; hub++) {
      const row = askBase[id]! + hub
      for (let r = rowStart[row]!; r < rowStart[row + 1]!; r++) {
        if (rowHub[r]! < 0) continue
        const answer = rowAnswer[r]!
        const told = changes?.(closed.runner.labels.states[answers.digits[answer * 2]!])
        const change = told ?? values[rowHub[r]!]! - values[hub]!
        if (Number.isNaN(by[answer])) by[answer] = change
        if (by[answer] !== change) return undefined
      }
    }
    found.push(by)
  }
  return found
}

/** What each slice adds, from nothing in the beginning along every step; `undefined`: two ways say different things. */
function weightsOf(
  { tables, initialDigits, codec }: Compiled,
  changes: readonly Float64Array[],
  together: readonly (Done | undefined)[],
) {
  const { slices, localStart, entryStart, entryAsk, entryBase, answerStart, stepTarget, togetherSlice } = tables
  const UNKNOWN = -1
  const weight = new Int32Array(slices).fill(UNKNOWN)
  const stack: number[] = []
  let isSum = true
  const reach = (slice: number, n: number): void => {
    if (slice < 0) return
    if (n < 0) isSum = false
    else if (weight[slice] === UNKNOWN) {
      weight[slice] = n
      stack.push(slice)
    } else if (weight[slice] !== n) isSum = false
  }
  for (const digits of initialDigits) for (let g = 0; g < codec.groups; g++) reach(digits[g]!, 0)
  for (let slice = stack.pop(); slice !== undefined && isSum; slice = stack.pop()) {
    const here = weight[slice]!
    for (let step = localStart[slice]!; step < localStart[slice + 1]!; step++) reach(stepTarget[step]!, here)
    togetherSlice.forEach((next, rule) => {
      reach(next[slice]!, together[rule] === 'cleared' ? 0 : here)
    })
    for (let entry = entryStart[slice]!; entry < entryStart[slice + 1]!; entry++) {
      const by = changes[entryAsk[entry]!]!
      for (let answer = 0; answer < by.length; answer++) {
        if (Number.isNaN(by[answer])) continue
        const at = entryBase[entry]! + answer
        for (let step = answerStart[at]!; step < answerStart[at + 1]!; step++)
          reach(stepTarget[step]!, here + by[answer]!)
      }
    }
  }
  return isSum ? weight : undefined
}

/** What several views may show of one world: together they never add more than there is. */
export class Fits {
  /** Slices that add the same are of one class. */
  readonly classOf: Int32Array
  readonly classes: number
  readonly #sums: readonly Sum[]
  readonly #weights: Int32Array

  constructor(sums: readonly Sum[], slices: number) {
    this.#sums = sums
    const tuples = new TupleInterner(sums.length)
    const tuple = new Int32Array(sums.length)
    this.classOf = Int32Array.from({ length: slices }, (_, slice) => {
      for (let i = 0; i < sums.length; i++) tuple[i] = sums[i]!.weight[slice]!
      return tuples.intern(tuple)
    })
    this.classes = tuples.size
    this.#weights = tuples.digits
  }

  /** Whether groups of these classes can be beside this hub at the same time. */
  together(hub: number, ...classes: readonly number[]): boolean {
    const width = this.#sums.length
    return this.#sums.every(({ total }, i) => {
      let sum = 0
      for (const one of classes) sum += this.#weights[one * width + i]!
      return !(sum > total[hub]!)
    })
  }
}
