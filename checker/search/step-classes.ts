import type { Tables } from '../compile/tables.ts'
import { type Classes, Numbering } from './classes.ts'

/** Numbers the steps of groups by rule, effects, and the classes of the slice before and after. */
export function stepClasses(tables: Tables, { classOf }: Classes): Classes {
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
    const [first, last] = [entryStart[slice]!, entryStart[slice + 1]!]
    if (first === last) continue
    const end = last < entryBase.length ? entryBase[last]! : answerStart.length - 1
    number(slice, answerStart[entryBase[first]!]!, answerStart[end]!)
  }
  return { classOf: classes, count: numbering.count }
}
