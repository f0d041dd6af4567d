import { ORIGINAL } from '../canonical.ts'
import type { State } from '../system.ts'
import type { Remembered } from './remember.ts'

/** Told of a field that this state has not: throws when no state has it there. */
export type Lacks = (find: (id: number) => State, key: string) => void

/**
 * A place inside the state of one input. Reading it notes what was read: the value of a leaf, the shape of an inner node
 * and then only those members that are really looked at, or all of it when its keys are listed (a spread, JSON).
 */
export class Place {
  readonly #input: number
  readonly #remembered: Remembered
  readonly #find: (id: number) => State
  readonly #lacks: Lacks
  readonly #members = new Map<string, Place>()
  #value = -1
  #whole = -1
  #stand: object | undefined
  #run = -1
  /** The run in which all of it was looked at: then members need no more notes. */
  #wholeRun = -1

  /** `find` gives what is at this place, by the number of the input's state. */
  constructor(remembered: Remembered, input: number, find: (id: number) => State, lacks: Lacks) {
    this.#remembered = remembered
    this.#input = input
    this.#find = find
    this.#lacks = lacks
  }

  /** The state at this place, or what stands for it and notes how it is used. */
  read(state: State): State {
    const { features } = this.#remembered
    if (this.#value < 0) this.#value = features.inside(this.#input, (id) => shapeOf(this.#find(id)))
    this.#remembered.look(this.#value)
    if (typeof state !== 'object' || state === null) return state
    if (this.#run !== this.#remembered.runs) {
      this.#run = this.#remembered.runs
      this.#stand = this.#standFor(state)
    }
    return this.#stand
  }

  /** A copy without the original's frozen members, behind a proxy; made anew for each run so that nothing is read unseen. */
  #standFor(state: Record<string, State>): object {
    const copy: object = Array.isArray(state) ? [...state] : { ...state }
    return new Proxy(copy, {
      get: (target, key) => {
        if (key === ORIGINAL) {
          this.#readWhole()
          return state
        }
        const own = Object.hasOwn(target, key)
        const inherited = own ? undefined : Reflect.get(target, key)
        if (typeof key === 'symbol' || typeof inherited === 'function') return inherited
        if (!own && inherited === undefined) this.#lacks(this.#find, key)
        return this.#wholeRun === this.#run ? state[key] : this.#member(key).read(state[key])
      },
      has: (target, key) => {
        this.#readWhole()
        return key in target
      },
      ownKeys: (target) => {
        this.#readWhole()
        return Reflect.ownKeys(target)
      },
      getOwnPropertyDescriptor: (target, key) => {
        this.#readWhole()
        return Reflect.getOwnPropertyDescriptor(target, key)
      },
    })
  }

  #readWhole(): void {
    if (this.#whole < 0) this.#whole = this.#remembered.features.inside(this.#input, this.#find)
    this.#remembered.look(this.#whole)
    this.#wholeRun = this.#run
  }

  #member(key: string): Place {
    let member = this.#members.get(key)
    if (member === undefined) {
      member = new Place(this.#remembered, this.#input, (id) => this.#find(id)?.[key], this.#lacks)
      this.#members.set(key, member)
    }
    return member
  }
}

/** A leaf is its own shape. */
function shapeOf(state: State): State {
  if (typeof state !== 'object' || state === null) return state
  return Array.isArray(state) ? ['array'] : ['object']
}
