import type { System } from '../system.ts'
import type { Filled } from './close.ts'
import { IntList } from './int-list.ts'
import type { KindTable } from './kind.ts'
import type { Tables } from './tables.ts'

/** Lays closed tables out flat. */
export function layOut({ rules, synchronous = [] }: System, closed: Filled): Tables {
  const { kinds, hub, asks, acts, runner } = closed
  const togetherAct = synchronous.map(({ effects = [] }, r) =>
    acts.of(rules.length + r, runner.effects.intern(effects)),
  )
  const sum = (of: (kind: KindTable) => number): number => kinds.reduce((total, kind) => total + of(kind), 0)
  const slices = sum((kind) => kind.slices.size)
  const entries = sum((kind) => kind.entryAsk.length)
  const locals = sum((kind) => kind.localTarget.length)
  const lates = sum((kind) => kind.lateTarget.length)
  const steps = locals + lates + hub.localTarget.length
  const localStart = new Int32Array(slices + 1)
  const entryStart = new Int32Array(slices + 1)
  const entryAsk = new Int32Array(entries)
  const entryBase = new Int32Array(entries)
  const stepTarget = new Int32Array(steps)
  const stepAct = new Int32Array(steps)
  const kindOffset: number[] = []
  let [slice, local, entry, answers] = [0, 0, 0, 0]
  for (const kind of kinds) {
    kindOffset.push(slice)
    copyShifted(kind.localStart, localStart, slice, local)
    copyShifted(kind.entryStart, entryStart, slice, entry)
    copyShifted(kind.entryAsk, entryAsk, entry, 0)
    copyShifted(kind.localTarget, stepTarget, local, slice)
    copyShifted(kind.localAct, stepAct, local, 0)
    for (let e = 0; e < kind.entryAsk.length; e++) {
      entryBase[entry + e] = answers
      answers += asks.asks[kind.entryAsk.at(e)]!.answers.size
    }
    slice += kind.slices.size
    local += kind.localTarget.length
    entry += kind.entryAsk.length
  }
  localStart[slices] = locals
  entryStart[slices] = entries
  const answerStart = sortLate(closed, entryBase, answers, kindOffset, stepTarget, stepAct, locals)
  const hubLocalStart = new Int32Array(hub.hubs.size + 1).fill(steps)
  copyShifted(hub.localStart, hubLocalStart, 0, locals + lates)
  copyShifted(hub.localTarget, stepTarget, locals + lates, 0)
  copyShifted(hub.localAct, stepAct, locals + lates, 0)
  return {
    slices,
    hubs: hub.hubs.size,
    localStart,
    entryStart,
    entryAsk,
    entryBase,
    answerStart,
    hubLocalStart,
    stepTarget,
    stepAct,
    actRule: acts.rule.toArray(),
    actEffects: acts.effects.toArray(),
    ...layOutRows(closed),
    togetherSlice: hub.together.map((_, r) => {
      const next = new Int32Array(slices)
      kinds.forEach((kind, at) => {
        copyShifted(kind.together[r]!, next, kindOffset[at]!, kindOffset[at]!)
      })
      return next
    }),
    togetherAct,
    togetherHub: hub.together.map((list) => list.toArray()),
    kindOffset,
  }
}

/** Copies a list to where it belongs, adding `shift` to all but -1 (impossible, blocked). */
function copyShifted({ items, length }: IntList, into: Int32Array, to: number, shift: number): void {
  for (let i = 0; i < length; i++) into[to + i] = items[i]! < 0 ? -1 : items[i]! + shift
}

/** Puts the steps after answers in the order of their entries and answers; gives where those of each answer begin. */
function sortLate(
  { kinds }: Filled,
  entryBase: Int32Array,
  answers: number,
  kindOffset: readonly number[],
  stepTarget: Int32Array,
  stepAct: Int32Array,
  first: number,
): Int32Array {
  const start = new Int32Array(answers + 2)
  let entries = 0
  for (const { lateEntry, lateAnswer, entryAsk } of kinds) {
    for (let i = 0; i < lateEntry.length; i++) start[entryBase[entries + lateEntry.at(i)]! + lateAnswer.at(i) + 2]!++
    entries += entryAsk.length
  }
  start[0] = start[1] = first
  for (let a = 2; a < start.length; a++) start[a]! += start[a - 1]!
  entries = 0
  kinds.forEach(({ lateEntry, lateAnswer, lateTarget, lateAct, entryAsk }, k) => {
    for (let i = 0; i < lateEntry.length; i++) {
      const at = start[entryBase[entries + lateEntry.at(i)]! + lateAnswer.at(i) + 1]!++
      const target = lateTarget.at(i)
      stepTarget[at] = target < 0 ? -1 : target + kindOffset[k]!
      stepAct[at] = lateAct.at(i)
    }
    entries += entryAsk.length
  })
  return start.subarray(0, answers + 1)
}

function layOutRows({ hub, asks }: Filled) {
  const [rowStart, rowHub, rowAnswer] = [new IntList(), new IntList(), new IntList()]
  const askBase = new Int32Array(asks.asks.length)
  const askStride = new Int32Array(asks.asks.length)
  for (const ask of asks.asks) {
    askBase[ask.id] = rowStart.length
    askStride[ask.id] = ask.askers.length > 1 ? hub.hubs.size : 0
    for (const group of ask.askers) {
      for (let h = 0; h < hub.hubs.size; h++) {
        rowStart.push(rowHub.length)
        if (h >= ask.hubsDone) continue
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
