import { computed, effect, signal } from '@preact/signals'
import type { Described, GraphPart } from '../../worker/calls.ts'
import type { Quotient } from '../../worker/quotient.ts'
import { address, setMore, steps, view } from '../store.ts'
import { ask, Stopped, stop } from '../work.ts'
import { byDepth } from './layout.ts'

const FIRST = 5000
const MOST = 500_000
/** In milliseconds: first the picture stands, then how many states there are in all is searched for. */
const COUNTED_AFTER = 400

export const part = signal<GraphPart | undefined>(undefined)
export const isExploring = signal(false)
export const failure = signal('')
/** So many states are shown, as the address has it. */
export const limit = computed(() => {
  const n = Number(address.value.more.n ?? FIRST)
  return Number.isInteger(n) && n > 0 ? Math.min(n, MOST) : FIRST
})
/** How many states the world has in all, once a search has told; at least so many until then. */
export const total = signal<{ states: number; isExact: boolean } | undefined>(undefined)
export const selected = signal<number | undefined>(undefined)
export const described = signal<Described>({ lines: [], next: [] })
export const matches = signal<ReadonlySet<number>>(new Set())
export const matchCount = signal<number | undefined>(undefined)
export const colourBy = computed(() => address.value.more.colour ?? 'depth')
export const colours = signal<Uint8Array | undefined>(undefined)
/** What the colours stand for, where they are of a field. */
export const colourNames = signal<readonly string[] | undefined>(undefined)
export const shownAs = computed(() => address.value.more.fold ?? '')
export const quotient = signal<Quotient | undefined>(undefined)
export const path = signal<readonly number[]>([])

export const layout = computed(() => part.value && byDepth(part.value.depths))

let exploredFor = ''
let exploredTo = 0

const explore = async (upTo: number): Promise<void> => {
  const spec = address.value.world
  const key = JSON.stringify(spec)
  isExploring.value = true
  failure.value = ''
  if (key !== exploredFor) {
    part.value = undefined
    total.value = undefined
    selected.value = undefined
    matches.value = new Set()
    matchCount.value = undefined
    quotient.value = undefined
  }
  exploredFor = key
  exploredTo = upTo
  try {
    part.value = await ask('explore', { spec, limit: upTo }, (more: GraphPart) => {
      part.value = more
    })
    await refresh()
    if (part.value.isComplete) total.value = { states: part.value.nodes, isExact: true }
    else if (total.value === undefined) setTimeout(() => void countAll(), COUNTED_AFTER)
  } catch (error) {
    if (!(error instanceof Stopped)) failure.value = error instanceof Error ? error.message : String(error)
  } finally {
    isExploring.value = false
  }
}

/** How many states there are, by a search of its own; what is known so far is told meanwhile. */
const countAll = async (): Promise<void> => {
  const spec = address.value.world
  if (JSON.stringify(spec) !== exploredFor || view.peek() !== 'graph') return
  const isSame = () => JSON.stringify(spec) === exploredFor
  try {
    const { states, exhausted } = await ask('check', { spec, only: [] }, ({ states: n }: { states: number }) => {
      if (isSame()) total.value = { states: n, isExact: false }
    })
    if (isSame()) total.value = { states, isExact: exhausted }
  } catch {
    // the search was stopped: what is known stays
  }
}

/** Whatever depends on which states are there. */
const refresh = async (): Promise<void> => {
  await Promise.all([recolour(), refold(), repath()])
}

const recolour = async (): Promise<void> => {
  const by = colourBy.value
  const coloured = by === 'depth' ? undefined : await ask('colour', { by })
  colours.value = coloured?.values
  colourNames.value = coloured?.names
}

const refold = async (): Promise<void> => {
  const fields = shownAs.value.split(',').filter((f) => f !== '')
  quotient.value = fields.length === 0 ? undefined : await ask('fold', { fields })
}

const repath = async (): Promise<void> => {
  const { nodes } = await ask('nodeOf', { path: steps.value.map(({ event }) => event) })
  if (nodes.join() !== path.value.join()) path.value = nodes
}

export const select = async (node: number | undefined): Promise<void> => {
  selected.value = node
  described.value = node === undefined ? { lines: [], next: [] } : await ask('describe', { node })
}

export const search = async (predicate: string): Promise<void> => {
  if (predicate.trim() === '') {
    matches.value = new Set()
    matchCount.value = undefined
    return
  }
  try {
    const { nodes } = await ask('matching', { predicate })
    matches.value = new Set(nodes)
    matchCount.value = nodes.length
    failure.value = ''
    if (nodes.length > 0) await select(nodes[0])
  } catch (error) {
    failure.value = error instanceof Error ? error.message : String(error)
  }
}

export const colour = (by: string): void => setMore('colour', by === 'depth' ? undefined : by)
export const showMore = (): void => setMore('n', `${limit.value * 4}`)
export const fold = (fields: readonly string[]): void => setMore('fold', fields.join(','))

export const endExploring = (): void => {
  stop('explore')
  exploredFor = ''
  isExploring.value = false
}

/** Whenever the graph is looked at, it is that of the world that the address names. */
export const followWorld = (): void => {
  effect(() => {
    const key = JSON.stringify(address.value.world)
    const isLarger = limit.value > exploredTo
    if (view.value === 'graph' && (key !== exploredFor || isLarger)) void explore(limit.value)
  })
  effect(() => {
    const [by, as] = [colourBy.value, shownAs.value]
    if (view.value === 'graph' && part.peek() !== undefined && by !== undefined && as !== undefined)
      void refresh().catch(() => {})
  })
}
