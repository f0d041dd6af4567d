import type { Closed } from './close.ts'
import { IntList } from './int-list.ts'

/**
 * The transition relation as flat arrays. Slices of all kinds are numbered in one sequence (`sliceOffset` of a group plus
 * its digit). A *step* is one local outcome: of a group by itself, of a group after an answer, or of the shared parts alone.
 */
export interface Tables {
  readonly slices: number
  readonly hubs: number
  /** Steps of a slice by itself: `localStart[slice] … localStart[slice + 1]`. */
  readonly localStart: Int32Array
  /** Entries of a slice that ask: `entryStart[slice] … entryStart[slice + 1]`. */
  readonly entryStart: Int32Array
  readonly entryAsk: Int32Array
  /** Where the entry's answers begin in `answerStart`. */
  readonly entryBase: Int32Array
  /** Steps after answer `a`: `answerStart[base + a] … answerStart[base + a + 1]`. */
  readonly answerStart: Int32Array
  /** Steps of a hub by itself. */
  readonly hubLocalStart: Int32Array
  /** Next slice (next hub for hub steps); -1: declared impossible. */
  readonly stepTarget: Int32Array
  readonly stepRule: Int32Array
  /** Number of the list of everything observable in the step. */
  readonly stepEffects: Int32Array
  /** Row of an ask: `askBase[ask] + askStride[ask] * rank of the group in its kind + hub`. */
  readonly askBase: Int32Array
  readonly askStride: Int32Array
  /** Answers in a row: `rowStart[row] … rowStart[row + 1]`. */
  readonly rowStart: Int32Array
  readonly rowHub: Int32Array
  readonly rowAnswer: Int32Array
  /** Per synchronous rule: next slice (or hub) or -1. */
  readonly togetherSlice: readonly Int32Array[]
  readonly togetherHub: readonly Int32Array[]
  readonly kindOffset: readonly number[]
}

/** Lays closed tables out flat. */
export function layOut(closed: Closed): Tables {
  const { kinds, hub, asks, runner } = closed
  let slices = 0
  const kindOffset = kinds.map((kind) => {
    slices += kind.slices.size
    return slices - kind.slices.size
  })
  const [target, rule, effects] = [new IntList(), new IntList(), new IntList()]
  const [localStart, entryStart, entryAsk, entryBase] = [new IntList(), new IntList(), new IntList(), new IntList()]
  kinds.forEach((kind, at) => {
    const base = target.length
    for (let s = 0; s < kind.slices.size; s++) localStart.push(base + kind.localStart.at(s))
    for (let i = 0; i < kind.localTarget.length; i++) {
      const next = kind.localTarget.at(i)
      target.push(next < 0 ? -1 : next + kindOffset[at]!)
      rule.push(kind.localRule.at(i))
      effects.push(kind.localEffects.at(i))
    }
  })
  localStart.push(target.length)
  const answerStart = new IntList()
  kinds.forEach((kind, at) => {
    const base = entryAsk.length
    for (let s = 0; s < kind.slices.size; s++) entryStart.push(base + kind.entryStart.at(s))
    for (let entry = 0; entry < kind.entryAsk.length; entry++) {
      const { answers } = asks.asks[kind.entryAsk.at(entry)]!
      const ruleOfEntry = kind.chains[kind.entryChain.at(entry)]!.rule
      entryAsk.push(kind.entryAsk.at(entry))
      entryBase.push(answerStart.length)
      for (let answer = 0; answer < answers.size; answer++) {
        answerStart.push(target.length)
        const soFar = runner.join(kind.entryEffects.at(entry), answers.digits[answer * 2 + 1]!)
        kind.goOn(entry, answers.digits[answer * 2]!, (slice, rest) => {
          target.push(slice < 0 ? -1 : slice + kindOffset[at]!)
          rule.push(ruleOfEntry)
          effects.push(runner.join(soFar, rest))
        })
      }
    }
  })
  entryStart.push(entryAsk.length)
  answerStart.push(target.length)
  const hubBase = target.length
  const hubLocalStart = new IntList()
  for (let h = 0; h < hub.hubs.size; h++) hubLocalStart.push(hubBase + hub.localStart.at(h))
  for (let i = 0; i < hub.localTarget.length; i++) {
    target.push(hub.localTarget.at(i))
    rule.push(hub.localRule.at(i))
    effects.push(hub.localEffects.at(i))
  }
  hubLocalStart.push(target.length)
  return {
    slices,
    hubs: hub.hubs.size,
    localStart: localStart.toArray(),
    entryStart: entryStart.toArray(),
    entryAsk: entryAsk.toArray(),
    entryBase: entryBase.toArray(),
    answerStart: answerStart.toArray(),
    hubLocalStart: hubLocalStart.toArray(),
    stepTarget: target.toArray(),
    stepRule: rule.toArray(),
    stepEffects: effects.toArray(),
    ...layOutRows(closed),
    togetherSlice: (kinds[0]?.together ?? hub.together).map((_, r) => {
      const next = new Int32Array(slices)
      kinds.forEach((kind, at) => {
        kind.together[r]!.toArray().forEach((s, i) => {
          next[kindOffset[at]! + i] = s < 0 ? -1 : s + kindOffset[at]!
        })
      })
      return next
    }),
    togetherHub: hub.together.map((list) => list.toArray()),
    kindOffset,
  }
}

function layOutRows({ hub, asks }: Closed) {
  const [rowStart, rowHub, rowAnswer] = [new IntList(), new IntList(), new IntList()]
  const askBase = new Int32Array(asks.asks.length)
  const askStride = new Int32Array(asks.asks.length)
  for (const ask of asks.asks) {
    askBase[ask.id] = rowStart.length
    askStride[ask.id] = ask.askers.length > 1 ? hub.hubs.size : 0
    for (const group of ask.askers) {
      for (let h = 0; h < hub.hubs.size; h++) {
        rowStart.push(rowHub.length)
        hub.answer(ask, h, group, (next, answer) => {
          rowHub.push(next)
          rowAnswer.push(answer)
        })
      }
    }
  }
  rowStart.push(rowHub.length)
  return {
    askBase,
    askStride,
    rowStart: rowStart.toArray(),
    rowHub: rowHub.toArray(),
    rowAnswer: rowAnswer.toArray(),
  }
}
