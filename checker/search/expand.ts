import type { Compiled } from '../compile/index.ts'
import { CheckerFault } from '../faults.ts'
import type { StepPairs } from './step-pairs.ts'

/** Told of steps while states are expanded; the hot loop pays a byte per step for it. */
export interface StepWatch {
  /** Set once a step (a local outcome, see `Tables`) has been seen. */
  readonly stepSeen: Uint8Array
  /** When some step property also reads shared parts: classes of steps × classes of what happens to the hub. */
  readonly pairs: StepPairs | undefined
  /** Told of every single transition (slow); `step` is negative for synchronous rules: -1 - rule. */
  readonly onEvery: ((step: number, group: number, from: number, to: number) => void) | undefined
  /** A step is taken for the first time; `group` -1: the shared parts alone. */
  onStep(step: number, group: number, from: number, to: number): void
  /** A pair is seen for the first time. */
  onPair(pair: number, step: number, group: number, from: number, to: number): void
  /** Called for every synchronous step, with where the state's digits are. */
  onTogether(rule: number, digits: Int32Array, at: number, from: number, to: number): void
}

/** Successors of blocks of states: one multiply-add per changed digit. */
export class Expander {
  /** Most successors a state can have. */
  readonly maxDegree: number
  /** Positions (in the block) of states that no step of the last block leads away from. */
  readonly stuck: number[] = []
  readonly #compiled: Compiled
  readonly #rank: Int32Array

  constructor(compiled: Compiled) {
    this.#compiled = compiled
    this.maxDegree = maxDegree(compiled)
    const { kinds, kindOfGroup } = compiled.closed
    this.#rank = Int32Array.from(kindOfGroup, (kind, group) => kinds[kind]!.groups.indexOf(group))
  }

  /**
   * Writes the successors of `count` states (with their digits) into `out`; says how many.
   * @throws CheckerFault IMPOSSIBLE_MET
   */
  expand(states: Float64Array, digits: Int32Array, count: number, out: Float64Array, watch: StepWatch): number {
    const { tables, codec } = this.#compiled
    const { localStart, entryStart, entryAsk, entryBase, answerStart, hubLocalStart, stepTarget } = tables
    const { askBase, askStride, rowStart, rowHub, rowAnswer, togetherSlice, togetherHub } = tables
    const { weights, groups } = codec
    const rank = this.#rank
    const { stepSeen, pairs, onEvery } = watch
    const rules = togetherHub.length
    this.stuck.length = 0
    let written = 0
    let at = 0
    for (let i = 0; i < count; i++) {
      const state = states[i]!
      const hub = digits[at + groups]!
      const firstWritten = written
      let moved = false
      for (let g = 0; g < groups; g++) {
        const slice = digits[at + g]!
        const weight = weights[g]!
        const localEnd = localStart[slice + 1]!
        for (let step = localStart[slice]!; step < localEnd; step++) {
          const target = stepTarget[step]!
          if (target < 0) this.#impossible(state)
          const next = state + (target - slice) * weight
          out[written++] = next
          if (stepSeen[step] === 0) watch.onStep(step, g, state, next)
          if (pairs !== undefined) {
            const pair = pairs.stepClass[step]! * pairs.width + pairs.stayClass[hub]!
            if (pairs.seen[pair] === 0) watch.onPair(pair, step, g, state, next)
          }
          if (onEvery !== undefined) onEvery(step, g, state, next)
        }
        const entryEnd = entryStart[slice + 1]!
        for (let entry = entryStart[slice]!; entry < entryEnd; entry++) {
          const ask = entryAsk[entry]!
          const base = entryBase[entry]!
          const row = askBase[ask]! + askStride[ask]! * rank[g]! + hub
          const rowEnd = rowStart[row + 1]!
          for (let r = rowStart[row]!; r < rowEnd; r++) {
            const nextHub = rowHub[r]!
            if (nextHub < 0) this.#impossible(state)
            const answer = base + rowAnswer[r]!
            const stepEnd = answerStart[answer + 1]!
            for (let step = answerStart[answer]!; step < stepEnd; step++) {
              const target = stepTarget[step]!
              if (target < 0) this.#impossible(state)
              const next = state + (target - slice) * weight + (nextHub - hub)
              out[written++] = next
              if (stepSeen[step] === 0) watch.onStep(step, g, state, next)
              if (pairs !== undefined) {
                const pair = pairs.stepClass[step]! * pairs.width + pairs.rowClass[r]!
                if (pairs.seen[pair] === 0) watch.onPair(pair, step, g, state, next)
              }
              if (onEvery !== undefined) onEvery(step, g, state, next)
            }
          }
        }
      }
      const hubEnd = hubLocalStart[hub + 1]!
      for (let step = hubLocalStart[hub]!; step < hubEnd; step++) {
        const target = stepTarget[step]!
        if (target < 0) this.#impossible(state)
        const next = state + (target - hub)
        out[written++] = next
        if (stepSeen[step] === 0) watch.onStep(step, -1, state, next)
        if (onEvery !== undefined) onEvery(step, -1, state, next)
      }
      for (let rule = 0; rule < rules; rule++) {
        const nextHub = togetherHub[rule]![hub]!
        if (nextHub < 0) continue
        const nextSlice = togetherSlice[rule]!
        let next = state + (nextHub - hub)
        let g = 0
        for (; g < groups; g++) {
          const slice = digits[at + g]!
          const target = nextSlice[slice]!
          if (target < 0) break
          next += (target - slice) * weights[g]!
        }
        if (g < groups) continue
        out[written++] = next
        watch.onTogether(rule, digits, at, state, next)
        if (onEvery !== undefined) onEvery(-1 - rule, -1, state, next)
      }
      for (let w = firstWritten; w < written; w++) {
        if (out[w] !== state) {
          moved = true
          break
        }
      }
      if (!moved) this.stuck.push(i)
      at += groups + 1
    }
    return written
  }

  #impossible(state: number): never {
    const world = JSON.stringify(this.#compiled.codec.decode(state))
    throw new CheckerFault('IMPOSSIBLE_MET', `A rule met a combination of parts declared impossible, in ${world}.`)
  }
}

function maxDegree({ tables, codec, closed }: Compiled): number {
  const { localStart, entryStart, entryAsk, entryBase, answerStart, askBase, rowStart } = tables
  const longestRow = closed.asks.asks.map(({ id, askers }) => {
    let longest = 0
    for (let row = askBase[id]!; row < askBase[id]! + askers.length * tables.hubs; row++) {
      longest = Math.max(longest, rowStart[row + 1]! - rowStart[row]!)
    }
    return longest
  })
  const ofKind = closed.kinds.map((kind, k) => {
    let most = 0
    for (let s = tables.kindOffset[k]!; s < tables.kindOffset[k]! + kind.slices.size; s++) {
      let degree = localStart[s + 1]! - localStart[s]!
      for (let entry = entryStart[s]!; entry < entryStart[s + 1]!; entry++) {
        let widest = 0
        for (let a = entryBase[entry]!; a < (entryBase[entry + 1] ?? answerStart.length - 1); a++) {
          widest = Math.max(widest, answerStart[a + 1]! - answerStart[a]!)
        }
        degree += widest * longestRow[entryAsk[entry]!]!
      }
      most = Math.max(most, degree)
    }
    return most
  })
  let total = tables.togetherHub.length
  for (let g = 0; g < codec.groups; g++) total += ofKind[closed.kindOfGroup[g]!]!
  let ofHub = 0
  for (let h = 0; h < tables.hubs; h++) ofHub = Math.max(ofHub, tables.hubLocalStart[h + 1]! - tables.hubLocalStart[h]!)
  return total + ofHub
}
