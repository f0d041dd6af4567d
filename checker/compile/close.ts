import { CheckerFault } from '../faults.ts'
import type { System } from '../system.ts'
import { Acts } from './acts.ts'
import { AskTable } from './ask.ts'
import { cutChain, validateSystem } from './chain.ts'
import { HubTable } from './hub.ts'
import { KindTable } from './kind.ts'
import { LocalConstraints } from './local-constraints.ts'
import { LinkRunner } from './run-link.ts'

/** What is known of a kind of group once its tables are closed. */
export type Kind = Pick<KindTable, 'name' | 'groups' | 'partNames' | 'slices'>

/** Everything that can be said locally: closed under every rule and every answer. */
export interface Closed {
  readonly kinds: readonly Kind[]
  readonly kindOfGroup: readonly number[]
  readonly hub: HubTable
  readonly asks: AskTable
  readonly runner: LinkRunner
  readonly acts: Acts
  /** Filled as far as a search of so many steps needs them; there may be more. */
  readonly isCut: boolean
}

/** With all that the kinds do, to be laid out. */
export interface Filled extends Closed {
  readonly kinds: readonly KindTable[]
}

/** The tables while they are filled. */
export type Opened = Omit<Filled, 'isCut'>

export interface CloseLimits {
  /** Slices and hubs together. */
  readonly maxSlices: number
  /** Only what a run of so many steps meets: a part that nothing else bounds is tabulated as far as that. */
  readonly maxDepth?: number
  /** Polled now and then; `true` gives up. */
  readonly shouldStop?: () => boolean
}

/**
 * Fills the tables until nothing new appears. A slice counts as possible when some answer that some hub gives leads to it,
 * so the tables hold more than is reachable together, never less. Each round takes all that is known at its beginning one
 * step further; so after n rounds all is there that a run of n steps meets.
 * @throws CheckerFault TABLES_TOO_LARGE beyond `maxSlices`; BAD_CHAIN, BAD_SYSTEM for a malformed system.
 */
export function close(system: System, limits: CloseLimits): Filled {
  const opened = open(system)
  const { kinds, hub, asks } = opened
  const { maxDepth } = limits
  const local = new LocalConstraints(system, opened)
  for (const kind of kinds) kind.permits = (from, to, act) => local.permits(kind, from, to, act)
  let work = 0
  const checkLimits = (): void => {
    if (++work % 256 !== 0) return
    const size = kinds.reduce((sum, kind) => sum + kind.slices.size, hub.hubs.size)
    if (size > limits.maxSlices) throw tooLarge(opened, `more than ${limits.maxSlices} local states`)
    if (hub.hubs.size * 16 > limits.maxSlices) throw tooLarge(opened, 'too many states of the shared parts')
    if (asks.asks.length * hub.hubs.size > 16 * limits.maxSlices)
      throw tooLarge(opened, 'too many answers of the shared parts')
    if (limits.shouldStop?.()) throw tooLarge(opened, 'stopped while filling the tables')
  }
  let progress = true
  for (let round = 0; progress && round < (maxDepth ?? Number.POSITIVE_INFINITY); round++) {
    progress = false
    const known = kinds.map(({ slices }) => (maxDepth === undefined ? Number.POSITIVE_INFINITY : slices.size))
    const knownHubs = maxDepth === undefined ? Number.POSITIVE_INFINITY : hub.hubs.size
    for (const [k, kind] of kinds.entries()) {
      while (kind.expanded < Math.min(kind.slices.size, known[k]!)) {
        progress = true
        checkLimits()
        if (local.admits(kind, kind.expanded)) kind.expandNext()
        else kind.passNext()
      }
    }
    while (hub.expanded < Math.min(hub.hubs.size, knownHubs)) {
      progress = true
      checkLimits()
      hub.expandNext()
    }
    for (let at = 0; at < asks.asks.length; at++) {
      const ask = asks.asks[at]!
      while (ask.hubsDone < Math.min(hub.hubs.size, knownHubs)) {
        progress = true
        checkLimits()
        const known = ask.answers.size
        for (const group of ask.askers) hub.answer(ask, ask.hubsDone, group, () => {})
        ask.hubsDone++
        if (ask.answers.size > known) for (const kind of kinds) kind.goOnFrom(ask, known)
      }
    }
  }
  const isCut = progress && maxDepth !== undefined
  for (const kind of kinds) kind.settle()
  hub.settle()
  return { ...opened, isCut }
}

function open(system: System): Opened {
  validateSystem(system)
  const runner = new LinkRunner(system.rules)
  const acts = new Acts()
  const names = [...new Set(system.groups.map((group) => group.kind))]
  const asks = new AskTable(names.length)
  const chains = system.rules.map(cutChain)
  const hub = new HubTable(system, chains, runner, acts)
  const kinds = names.map((name, at) => new KindTable(system, at, name, chains, hub.partNames, asks, runner, acts))
  const kindOfGroup = system.groups.map((group) => names.indexOf(group.kind))
  for (const world of system.initial) {
    hub.hubs.intern(Int32Array.from(hub.partNames, (name) => runner.part(name, true).intern(world.shared[name])))
    world.groups.forEach((parts, at) => {
      const kind = kinds[kindOfGroup[at]!]!
      kind.slices.intern(Int32Array.from(kind.partNames, (name) => runner.part(name, false).intern(parts[name])))
    })
  }
  return { kinds, kindOfGroup, hub, asks, runner, acts }
}

function tooLarge({ kinds, hub, asks, runner }: Opened, why: string): CheckerFault {
  const parts = [...runner.shared, ...runner.group].map(([name, { states }]) => [name, states.length] as const)
  const [name, states] = parts.reduce((most, part) => (part[1] > most[1] ? part : most), ['', 0] as const)
  const sizes = kinds.map((kind) => `${kind.name} ${kind.slices.size}`).join(', ')
  const detail = `slices: ${sizes}; hubs: ${hub.hubs.size}; asks: ${asks.asks.length}`
  return new CheckerFault(
    'TABLES_TOO_LARGE',
    `${why} (${detail}; part ${name} alone: ${states}). Bound what grows: retries, channel capacity, budgets, or the search by maxDepth; where only the number of groups bounds a counter, call what is beyond it IMPOSSIBLE.`,
  )
}
