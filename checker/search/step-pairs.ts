import type { Compiled } from '../compile/index.ts'
import { type Classes, Numbering } from './classes.ts'

/** Steps classed by what a property can see of the group's side, against what it can see happening to the hub. */
export interface StepPairs {
  readonly stepClass: Int32Array
  /** By row entry; by hub for steps that leave the hub alone. */
  readonly rowClass: Int32Array
  readonly stayClass: Int32Array
  /** Number of hub classes. */
  readonly width: number
  readonly seen: Uint8Array
}

/** Largest table of seen pairs, in bytes. */
const LARGEST = 2 ** 29

/** `undefined` when there are too many combinations for a table. */
export function stepPairs(compiled: Compiled, slices: Classes, hubs: Classes): StepPairs | undefined {
  const steps = stepClasses(compiled, slices)
  const { askBase, rowStart, rowHub } = compiled.tables
  const changes = new Numbering()
  const stayClass = Int32Array.from(hubs.classOf, (hub) => changes.of(`${hub},${hub}`))
  const rowClass = new Int32Array(rowHub.length)
  for (const { id, askers } of compiled.closed.asks.asks) {
    for (let row = 0; row < askers.length * compiled.tables.hubs; row++) {
      const before = hubs.classOf[row % compiled.tables.hubs]!
      const base = askBase[id]! + row
      for (let r = rowStart[base]!; r < rowStart[base + 1]!; r++) {
        if (rowHub[r]! >= 0) rowClass[r] = changes.of(`${before},${hubs.classOf[rowHub[r]!]!}`)
      }
    }
  }
  if (steps.count * changes.count > LARGEST) return undefined
  const seen = new Uint8Array(steps.count * changes.count)
  return { stepClass: steps.classOf, rowClass, stayClass, width: changes.count, seen }
}

/** Numbers steps by rule, effects, and the classes of the slice before and after. */
function stepClasses({ tables }: Compiled, { classOf }: Classes): Classes {
  const { localStart, entryStart, entryBase, answerStart, stepTarget, stepRule, stepEffects } = tables
  const numbering = new Numbering()
  const classes = new Int32Array(stepTarget.length)
  const number = (slice: number, from: number, to: number): void => {
    for (let step = from; step < to; step++) {
      const next = stepTarget[step]! < 0 ? -1 : classOf[stepTarget[step]!]!
      classes[step] = numbering.of(`${stepRule[step]},${stepEffects[step]},${classOf[slice]},${next}`)
    }
  }
  for (let slice = 0; slice < tables.slices; slice++) {
    number(slice, localStart[slice]!, localStart[slice + 1]!)
    const first = entryStart[slice]!
    const last = entryStart[slice + 1]!
    const bases = entryBase.length
    if (last > first) {
      const end = last < bases ? entryBase[last]! : answerStart.length - 1
      number(slice, answerStart[entryBase[first]!]!, answerStart[end]!)
    }
  }
  return { classOf: classes, count: numbering.count }
}
