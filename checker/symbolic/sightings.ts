import type { Compiled } from '../compile/index.ts'
import type { Entry } from '../search/record.ts'
import { Rows } from '../search/rows.ts'
import { StateWatch } from '../search/watch-states.ts'
import { StepRecorder } from '../search/watch-steps.ts'
import { EMPTY } from './diagrams.ts'
import type { Reached } from './reach.ts'
import type { Sets } from './sets.ts'

/** What was looked for and where: beside a hub, for a group in a slice (-1: whichever), and the step that shows it. */
export interface Sighting {
  readonly entry: Entry
  readonly hub: number
  readonly group: number
  readonly slice: number
  /** Step and next hub of one group or the shared parts; or a synchronous rule. */
  readonly step?: { readonly step: number; readonly nextHub: number } | { readonly together: number }
  /** The group that it was asked of; -1: none. */
  readonly asked: number
}

/** Looks at sets of worlds, one after another, and tells what is sighted in each for the first time. */
export class Lookout {
  readonly #compiled: Compiled
  readonly #reached: Reached
  /** By entry that knows nothing yet, the one that is looked for. */
  readonly #open: Map<Entry, Entry>
  readonly #states: StateWatch
  readonly #steps: StepRecorder
  readonly #rows: Rows

  /** `wanted`: properties that are asked of one group or of the shared parts. */
  constructor(compiled: Compiled, reached: Reached, wanted: readonly Entry[]) {
    this.#compiled = compiled
    this.#reached = reached
    this.#open = new Map(wanted.map((entry) => [{ property: entry.property, exercised: false, hit: undefined }, entry]))
    const fresh = [...this.#open.keys()]
    this.#states = new StateWatch(compiled, fresh)
    this.#steps = new StepRecorder(compiled, fresh)
    const { hubs } = compiled.tables
    this.#rows = new Rows(compiled, {
      onRow: (group, slice, hub) => this.#states.look(group, slice, hub, 0),
      onStep: (group, slice, hub, step, nextHub) =>
        this.#steps.onStep(group, slice, hub, step, nextHub, 0, step * hubs + nextHub),
    })
  }

  /** Whether anything is still looked for. */
  get isDone(): boolean {
    return this.#open.size === 0
  }

  look(sets: Sets): Sighting[] {
    const { tables, codec } = this.#compiled
    const { diagrams, images } = this.#reached
    const sightings: Sighting[] = []
    const note = (group: number, slice: number, hub: number): void => {
      for (const [fresh, entry] of this.#open) {
        if (fresh.hit === undefined) continue
        this.#open.delete(fresh)
        sightings.push({ entry, hub, group, slice, asked: fresh.hit.group, ...this.#stepOf(fresh.hit.to) })
      }
    }
    for (let hub = 0; hub < sets.length; hub++) {
      const set = sets[hub]!
      if (set === EMPTY) continue
      this.#rows.at(codec.groups, 0, hub)
      note(-1, 0, hub)
      diagrams.support(set, (group, slice) => {
        this.#rows.at(group, slice, hub)
        note(group, slice, hub)
      })
      tables.togetherHub.forEach((next, rule) => {
        if (next[hub]! < 0) return
        const taking = images.restrict((slice) => tables.togetherSlice[rule]![slice]! >= 0, images.newId(), set)
        const show = (group: number, slice: number): void => {
          this.#steps.onTogetherOf(rule, group, slice, hub, 0, -1 - rule)
          note(group, slice, hub)
        }
        diagrams.support(taking, show)
        if (codec.groups === 0) show(-1, 0)
      })
    }
    return sightings
  }

  #stepOf(to: number | undefined): Pick<Sighting, 'step'> {
    if (to === undefined) return {}
    if (to < 0) return { step: { together: -1 - to } }
    const { hubs } = this.#compiled.tables
    return { step: { step: Math.floor(to / hubs), nextHub: to % hubs } }
  }
}
