/** What the page shows: one address, the world and the run that follow from it, and what is remembered beside it. */
import { computed, effect, signal } from '@preact/signals'
import { canonicalKey } from '../../checker/index.ts'
import type { Event } from '../../model/index.ts'
import { type Trace, type TraceStep, traceOfSteps } from '../../traces/writers/trace.ts'
import { type SideBySide, sideBySide } from '../state/parting.ts'
import { type Bench, benchOf, type Choice, choicesAt, type Taken, take, worldAfter } from '../state/run.ts'
import { type Address, addressText, readAddress, type Unknown, type View, type WorldSpec } from '../state/spec.ts'
import { opened } from './opened.ts'

const start: WorldSpec = opened.world ?? { scenario: 'ghost-connection', overrides: {} }
const first = readAddress(location.hash || opened.hash || '', start)

export const address = signal<Address>(first.address)
/** What the address asked for and this page does not have. */
export const unknown = signal<readonly Unknown[]>(first.unknown)
/** A short message for everybody, also for screen readers. */
export const said = signal('')

export const view = computed(() => address.value.view)

const keyOf = (value: unknown): string => JSON.stringify(value)

const memo = <T>(of: () => unknown, make: () => T) => {
  let key: string | undefined
  let held: T
  return computed(() => {
    const now = keyOf(of())
    if (now !== key) {
      held = make()
      key = now
    }
    return held
  })
}

export const bench = memo(
  () => address.value.world,
  (): Bench => benchOf(address.value.world),
)

export const other = memo(
  () => [address.value.world, address.value.beside],
  (): Bench | undefined => address.value.beside && benchOf(address.value.world, address.value.beside),
)

let lastTaken: { bench: Bench; taken: Taken } | undefined
/** The whole path, those steps included that were undone. */
export const taken = computed((): Taken => {
  const before = lastTaken?.bench === bench.value ? lastTaken.taken : undefined
  const now = take(bench.value, address.value.path, before)
  lastTaken = { bench: bench.value, taken: now }
  return now
})

export const at = computed(() => Math.min(address.value.at, taken.value.steps.length))
export const steps = computed(() => taken.value.steps.slice(0, at.value))
export const world = computed(() => worldAfter(bench.value, taken.value.steps, at.value))

const visited = new Set<string>()
let visitedIn: Bench | undefined
const noteVisited = (): void => {
  if (visitedIn !== bench.value) visited.clear()
  visitedIn = bench.value
  for (const { world: w } of taken.value.steps) visited.add(canonicalKey(w))
}

export const choices = computed((): Choice[] => choicesAt(bench.value, taken.value.steps, at.value, visited))

export const trace = computed((): Trace => traceOfSteps(bench.value.model, bench.value.initial, steps.value))
export const lastStep = computed((): TraceStep | undefined => trace.value.steps.at(-1))

let lastOther: { bench: Bench; taken: Taken } | undefined
export const compared = computed((): SideBySide | undefined => {
  const second = other.value
  if (second === undefined) return undefined
  const before = lastOther?.bench === second ? lastOther.taken : undefined
  const both = sideBySide(
    { steps: steps.value },
    second,
    steps.value.map(({ event }) => event),
    before,
  )
  lastOther = { bench: second, taken: both.other }
  return both
})

export const change = (to: Partial<Address>): void => {
  address.value = { ...address.value, ...to }
}

export const goTo = (to: View): void => change({ view: to })
export const jump = (step: number): void => change({ at: Math.max(0, Math.min(step, taken.value.steps.length)) })
/** Takes an event; what was undone is dropped, unless it is the same event again. */
export const takeEvent = (event: Event): void => {
  const { path } = address.value
  const next = path[at.value]
  const isSame = next !== undefined && keyOf(next) === keyOf(event)
  change({ path: isSame ? path : [...path.slice(0, at.value), event], at: at.value + 1 })
}
export const takePath = (path: readonly Event[], to: Partial<Address> = {}): void =>
  change({ path, at: path.length, ...to })

export const setWorld = (spec: WorldSpec): void => {
  const isOther = spec.scenario !== address.value.world.scenario
  const { beside: _, ...rest } = address.value
  if (isOther) address.value = { ...rest, world: spec, path: [], at: 0, more: {} }
  else change({ world: spec })
}

export const setMore = (name: string, value: string | undefined): void => {
  const { [name]: _, ...rest } = address.value.more
  change({ more: value === undefined || value === '' ? rest : { ...rest, [name]: value } })
}

/** The address bar says what is shown, and what is put there is shown. */
export const keepAddress = (): void => {
  effect(noteVisited)
  let written = ''
  effect(() => {
    const text = addressText(address.value)
    if (text === written) return
    written = text
    history.replaceState(null, '', text)
  })
  addEventListener('hashchange', () => {
    if (location.hash === written) return
    const { address: a, unknown: u } = readAddress(location.hash, start)
    address.value = a
    unknown.value = u
  })
}
