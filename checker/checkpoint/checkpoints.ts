import type { Compiled } from '../compile/index.ts'
import { CheckerFault } from '../faults.ts'
import type { Bounds } from '../search/bounds.ts'
import type { KeptRun, Levels } from '../search/levels.ts'
import type { Entry } from '../search/record.ts'
import type { Space } from '../search/space.ts'
import { differenceOf, type Identity, identityOf } from './identity.ts'
import { checksumOf, damaged, fromText, type Kept, type KeptPlace, toText } from './kept.ts'
import { depthOf, type Standing } from './standing.ts'
import type { CheckpointOptions } from './store.ts'

/** What belongs to a search besides where it stands. */
interface Search {
  readonly entries: readonly Entry[]
  readonly levels: Levels
  readonly fired: Set<string>
}

/**
 * Keeps a breadth-first search now and then, and puts it back. The levels hold every state, so the visited set is made
 * from them; rows and what properties have been asked are found again as they are met, and say nothing new.
 */
export class Checkpoints {
  readonly #options: CheckpointOptions
  readonly #identity: Identity
  readonly #bounds: Bounds
  readonly #every: number
  #due = 0
  #runs: KeptPlace[] = []
  /** Where the next bytes go. */
  #end = 0
  #hasKept = false

  constructor(compiled: Compiled, entries: readonly Entry[], space: Space, options: CheckpointOptions, bounds: Bounds) {
    this.#options = options
    this.#bounds = bounds
    this.#every = options.everySeconds ?? 60
    this.#identity = identityOf(compiled, entries, space, options)
  }

  /**
   * Where to go on, with levels, entries and fired rules as they were; `undefined` to begin.
   * @throws CheckerFault NO_CHECKPOINT, BAD_CHECKPOINT, OTHER_CHECKPOINT
   */
  resume({ entries, levels, fired }: Search): Standing | undefined {
    const { store, resume, onNews } = this.#options
    const text = store.load()
    if (text === undefined) {
      if (!resume) return undefined
      throw new CheckerFault(
        'NO_CHECKPOINT',
        `There is no checkpoint in ${store.place} to go on from; begin without resuming.`,
      )
    }
    const kept = fromText(text, store.place)
    const difference = differenceOf(kept.identity, this.#identity)
    if (difference !== undefined) {
      const remedy = resume ? 'give the same scenario and flags' : 'choose another place, or delete it'
      throw new CheckerFault(
        'OTHER_CHECKPOINT',
        `The checkpoint in ${store.place} is not of this check: ${difference}; ${remedy}.`,
      )
    }
    if (!resume) {
      const what = `${kept.states} states, depth ${depthOf(kept.standing)}`
      throw new CheckerFault(
        'OTHER_CHECKPOINT',
        `There is a checkpoint of this check in ${store.place} already: ${what}; resume it, or delete it.`,
      )
    }
    levels.restore(kept.starts, this.#readRuns(kept))
    entries.forEach((entry, i) => {
      entry.exercised ||= kept.entries[i]!.exercised
      entry.hit = kept.entries[i]!.hit
    })
    for (const rule of kept.fired) fired.add(rule)
    this.#runs = [...kept.runs]
    this.#end = [...kept.runs, ...(kept.open ? [kept.open] : [])].reduce(
      (end, { from, bytes }) => Math.max(end, from + bytes),
      0,
    )
    this.#hasKept = true
    this.#bounds.goOnFrom(kept.secondsBefore, kept.states)
    this.#due = this.#bounds.seconds + this.#every
    onNews?.({ kind: 'resumed', states: kept.states, depth: depthOf(kept.standing) })
    return kept.standing
  }

  get isDue(): boolean {
    return this.#bounds.seconds >= this.#due
  }

  /**
   * Nothing is kept of a check that is ended before its search begins.
   * @throws whatever the store throws, if nothing could be kept so far
   */
  keep(standing: Standing, states: number, search: Search): void {
    const { store, onNews } = this.#options
    if (!this.#hasKept && this.#bounds.interrupted() !== undefined) return
    try {
      this.#keep(standing, states, search)
      this.#hasKept = true
      onNews?.({ kind: 'saved', states, depth: depthOf(standing) })
    } catch (error) {
      if (!this.#hasKept) throw error
      onNews?.({ kind: 'failed', cause: `${store.place}: ${error instanceof Error ? error.message : String(error)}` })
    }
    this.#due = this.#bounds.seconds + this.#every
  }

  #keep(standing: Standing, states: number, { entries, levels, fired }: Search): void {
    const { store } = this.#options
    const runs = [...this.#runs]
    let [end, open] = [this.#end, undefined as KeptPlace | undefined]
    for (const { length, isOpen, packed } of levels.keptRuns(runs.length)) {
      store.write(end, packed)
      const place = { length, from: end, bytes: packed.length, checksum: checksumOf(packed) }
      if (isOpen) open = place
      else runs.push(place)
      end += packed.length
    }
    const kept: Kept = {
      identity: this.#identity,
      standing,
      states,
      secondsBefore: this.#bounds.seconds,
      fired: [...fired],
      entries: entries.map(({ exercised, hit, proved }) => ({ exercised, hit, ...(proved && { proved }) })),
      starts: levels.starts,
      runs,
      ...(open && { open }),
    }
    store.keep(toText(kept))
    this.#runs = runs
    this.#end = end
  }

  *#readRuns({ runs, open }: Kept): Generator<KeptRun> {
    for (const run of runs) yield { length: run.length, isOpen: false, packed: this.#read(run) }
    if (open !== undefined) yield { length: open.length, isOpen: true, packed: this.#read(open) }
  }

  #read({ from, bytes, checksum }: KeptPlace): Uint8Array {
    const { store } = this.#options
    const found = store.read(from, bytes)
    if (found.length < bytes) throw damaged(store.place, 'states are missing')
    if (checksumOf(found) !== checksum) throw damaged(store.place, 'its states were changed')
    return found
  }
}
