import { admits, permits } from '../constraint.ts'
import type { Event } from '../system.ts'
import type { Random } from './random.ts'
import type { Digits, Move, Stepper } from './stepper.ts'

/** How a run came to its end. */
export type Ended = 'declared end' | 'dead end' | 'constraint' | 'as long as it may be'

/** Told of a run as it goes. */
export interface Watch {
  world(world: Digits): void
  step(before: Digits, move: Move): void
  /** Whether to end the run here. */
  isOver(): boolean
}

/** Goes through a system at random, each possible step as likely as the others. */
export class Course {
  readonly stepper: Stepper
  readonly starts: readonly Digits[]
  /** Of the run: where it began and what was done. */
  start = 0
  readonly moves: Move[] = []
  readonly #isConstrained: boolean
  /** Initial worlds that the constraints admit. */
  readonly #entrances: readonly number[]

  constructor(stepper: Stepper) {
    const { system } = stepper
    this.stepper = stepper
    this.starts = system.initial.map((world) => stepper.encode(world))
    this.#isConstrained = system.constraints !== undefined
    this.#entrances = system.initial.flatMap((world, at) => (admits(system, world) ? [at] : []))
  }

  get events(): Event[] {
    return this.moves.map((move) => this.stepper.event(move))
  }

  run(random: Random, longest: number, watch: Watch): Ended {
    const { stepper, moves } = this
    moves.length = 0
    this.start = this.#entrances[random.below(this.#entrances.length)]!
    let world = this.starts[this.start]!
    watch.world(world)
    while (true) {
      const move = this.#draw(world, random)
      if (move === undefined || (isSame(move.to, world) && this.isStuck(world))) {
        if (move === undefined && !this.isStuck(world)) return 'constraint'
        return stepper.system.isEnd?.(stepper.decode(world)) ? 'declared end' : 'dead end'
      }
      if (moves.length === longest || watch.isOver()) return 'as long as it may be'
      moves.push(move)
      watch.step(world, move)
      world = move.to
      watch.world(world)
    }
  }

  /** Whether every step leads back to this world. */
  isStuck(world: Digits): boolean {
    return this.stepper.all(world).every(({ to }) => isSame(to, world))
  }

  /** Whether the constraints let a step be taken. */
  readonly allows = (before: Digits, move: Move): boolean => {
    if (!this.#isConstrained) return true
    const { stepper } = this
    const { system, runner } = stepper
    const world = stepper.decode(move.to)
    const effects = runner.effects.states[move.effects] as readonly string[]
    const step = { event: stepper.event(move), world, effects, note: '' }
    return permits(system, stepper.decode(before), step) && admits(system, world)
  }

  #draw(world: Digits, random: Random): Move | undefined {
    if (this.#isConstrained) {
      const allowed = this.stepper.all(world).filter((move) => this.allows(world, move))
      return allowed.length === 0 ? undefined : allowed[random.below(allowed.length)]
    }
    const count = this.stepper.count(world)
    return count === 0 ? undefined : this.stepper.at(world, random.below(count))
  }
}

function isSame(a: Digits, b: Digits): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}
