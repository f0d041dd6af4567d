/** A union of results: equal bytes are one, unequal bytes are a fault, what is missing is listed. */
import type { Plan, Results } from './folder.ts'

export interface Merged {
  readonly plan: Plan
  /** In the order of the plan; `undefined`: missing. */
  readonly cells: readonly { readonly id: string; readonly is: string; readonly result: unknown }[]
  readonly missing: readonly { readonly id: string; readonly is: string }[]
  /** The first cell of which two results differ. */
  readonly unequal?: { readonly id: string; readonly is: string; readonly results: readonly [Kept, Kept] }
}

interface Kept {
  readonly place: string
  readonly text: string
}

/** @returns why nothing can be merged, in words, if so */
export const merge = (folders: readonly Results[]): Merged | string => {
  const plans = new Map(folders.flatMap(({ plan, place }) => (plan === undefined ? [] : [[plan, place] as const])))
  const [text, ...others] = plans.keys()
  if (text === undefined) return 'no directory has a plan.json: they hold no results of --out'
  if (others.length > 0) return `${plans.get(text)} and ${plans.get(others[0]!)} are of different matrices or versions`
  const plan = JSON.parse(text) as Plan
  const cells = plan.cells.map(({ id, is }) => ({ id, is, kept: keptIn(folders, id) }))
  const unequal = cells.flatMap(({ id, is, kept }) => {
    const [first, ...more] = kept
    const other = more.find((one) => one.text !== first?.text)
    return first && other ? [{ id, is, results: [first, other] as const }] : []
  })[0]
  return {
    plan,
    cells: cells.map(({ id, is, kept }) => ({ id, is, result: kept[0] && JSON.parse(kept[0].text) })),
    missing: cells.flatMap(({ id, is, kept }) => (kept.length === 0 ? [{ id, is }] : [])),
    ...(unequal && { unequal }),
  }
}

const keptIn = (folders: readonly Results[], id: string): Kept[] =>
  folders.flatMap(({ place, results }) => {
    const text = results.get(id)
    return text === undefined ? [] : [{ place, text }]
  })
