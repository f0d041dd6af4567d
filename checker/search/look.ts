import type { Compiled } from '../compile/index.ts'
import type { View } from '../property.ts'
import type { Scope } from '../scope.ts'
import type { State } from '../system.ts'
import type { Remembered } from './remember.ts'
import { type Lacks, Place } from './track.ts'

/** What a property sees of one world: its view, and the numbers of the parts behind it. */
export class Look {
  readonly view: View
  /** How many numbers stand behind the view. */
  readonly width: number
  readonly #digits: readonly { readonly offset: number; readonly width: number; readonly items: () => Int32Array }[]
  readonly #places: readonly (readonly number[])[]
  readonly #hubPlaces: readonly number[]
  readonly #hubDigits: () => Int32Array
  readonly #hubWidth: number
  readonly #asked: number
  readonly #known = new Map<number, Place>()

  /**
   * Inputs from `first` on are the numbers. When a part is the same as in the look `before`, it is shown as the same
   * object, so that a predicate which asks whether anything changed has looked at nothing else.
   */
  constructor({ closed, tables }: Compiled, scope: Scope, remembered: Remembered, first: number, before?: Look) {
    const { kinds, hub, runner } = closed
    this.view = Object.create(scope.strays)
    const every = scope.of === 'every group'
    this.#asked = scope.of === 'shared' ? 0 : every ? scope.groups.length : 1
    this.#digits = kinds.map(({ slices }, k) => ({
      offset: tables.kindOffset[k]!,
      width: slices.width,
      items: () => slices.digits,
    }))
    this.#places = kinds.map(({ partNames }) => scope.groupParts.map((part) => partNames.indexOf(part)))
    this.#hubPlaces = scope.sharedParts.map((part) => hub.partNames.indexOf(part))
    this.#hubDigits = () => hub.hubs.digits
    this.#hubWidth = hub.hubs.width
    const groupWidth = this.#asked * scope.groupParts.length
    this.width = groupWidth + scope.sharedParts.length
    const define = (name: string, get: () => unknown): void => {
      Object.defineProperty(this.view, name, { enumerable: true, get })
    }
    const { features } = remembered
    const read = (name: string, states: readonly State[], input: number): State => {
      const lacks: Lacks = (find, key) =>
        closed.isCut || scope.refuseField(name, key, () => states.some((_, id) => has(find(id), key)))
      const place = this.#place(remembered, first + input, states, lacks)
      if (before === undefined) return place.read(states[features.inputs[first + input]!])
      remembered.look(features.equality(input, first + input))
      const id = features.inputs[first + input]!
      return (id === features.inputs[input] ? before.#place(remembered, input, states, lacks) : place).read(states[id])
    }
    scope.sharedParts.forEach((name, p) => {
      const { states } = runner.part(name, true)
      define(name, () => read(name, states, groupWidth + p))
    })
    scope.groupParts.forEach((name, p) => {
      const { states } = runner.part(name, false)
      if (every) {
        define(name, () => scope.groups.map((_, g) => read(name, states, g * scope.groupParts.length + p)))
      } else define(name, () => read(name, states, p))
    })
  }

  #place(remembered: Remembered, input: number, states: readonly State[], lacks: Lacks): Place {
    const known = this.#known.get(input)
    if (known !== undefined) return known
    const place = new Place(remembered, input, (id) => states[id], lacks)
    this.#known.set(input, place)
    return place
  }

  /** Writes the numbers of the `which`-th asked group's slice. */
  writeSlice(inputs: Int32Array, first: number, which: number, slice: number): void {
    if (which >= this.#asked) return
    let kind = this.#digits.length - 1
    while (this.#digits[kind]!.offset > slice) kind--
    const { offset, width, items } = this.#digits[kind]!
    const places = this.#places[kind]!
    const digits = items()
    const at = first + which * places.length
    for (let i = 0; i < places.length; i++) inputs[at + i] = digits[(slice - offset) * width + places[i]!]!
  }

  writeHub(inputs: Int32Array, first: number, hub: number): void {
    const digits = this.#hubDigits()
    const at = first + this.width - this.#hubPlaces.length
    for (let i = 0; i < this.#hubPlaces.length; i++) {
      inputs[at + i] = digits[hub * this.#hubWidth + this.#hubPlaces[i]!]!
    }
  }
}

const has = (value: State, key: string): boolean => typeof value === 'object' && value !== null && key in value
