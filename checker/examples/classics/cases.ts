/** The classical protocols, and what is known of them. */
import type { Property, Verdict } from '../../property.ts'
import type { System } from '../../system.ts'
import { alternatingBit, alternatingBitProperties } from '../alternating-bit.ts'
import { readersAndWriters, readersAndWritersProperties } from '../readers-writers.ts'
import { bakery } from './bakery.ts'
import { dekker } from './dekker.ts'
import { changRoberts, dolevKlaweRodeh, electionProperties } from './elections.ts'
import { fastMutex } from './fast-mutex.ts'
import { fischer } from './fischer.ts'
import { peterson } from './peterson.ts'
import { philosophers } from './philosophers.ts'
import { mutualExclusion, noStarvation } from './program.ts'
import { szymanski } from './szymanski.ts'
import { tokenRing, tokenRingProperties } from './token-ring.ts'

/** A verdict; and of what is no leads-to property the steps of its shortest counterexample or witness. */
type Known = Verdict | readonly [verdict: Verdict, steps: number]

export interface Classic {
  readonly name: string
  readonly system: System
  readonly properties: readonly Property[]
  readonly states: number
  readonly transitions: number
  readonly depth: number
  readonly deadlocks: number
  /** In the order of the properties. */
  readonly verdicts: readonly Known[]
}

const classic = (
  name: string,
  system: System,
  properties: readonly Property[],
  [states, transitions, depth, deadlocks]: readonly [number, number, number, number],
  ...verdicts: readonly Known[]
): Classic => ({ name, system, properties, states, transitions, depth, deadlocks, verdicts })

const exclusion = [mutualExclusion, noStarvation]

/** Philosophers: the states are 14, 34, 82, 198 …, twice the last ones and those before; one deadlock, each with one fork. */
export const classics: readonly Classic[] = [
  classic('Peterson', peterson(), exclusion, [20, 34, 6, 0], 'holds', 'holds'),
  classic('Peterson, no turn', peterson({ hasTurn: false }), exclusion, [20, 32, 6, 2], 'holds', 'violated'),
  classic('Dekker', dekker(), exclusion, [86, 160, 17, 0], 'holds', 'holds'),
  classic('3 philosophers', philosophers(3), [], [14, 27, 3, 1]),
  classic('4 philosophers', philosophers(4), [], [34, 88, 4, 1]),
  classic('6 philosophers', philosophers(6), [], [198, 768, 6, 1]),
  classic('4 philosophers, one left-handed', philosophers(4, { oneIsLefthanded: true }), [], [29, 72, 4, 0]),
  classic('Szymanski, 2', szymanski(2), exclusion, [69, 105, 12, 0], 'holds', 'holds'),
  classic('Szymanski, 3', szymanski(3), exclusion, [553, 1163, 18, 0], 'holds', 'holds'),
  classic(
    'Szymanski, out of order',
    szymanski(2, { isOrdered: false }),
    exclusion,
    [97, 168, 21, 0],
    ['violated', 12],
    'violated',
  ),
  classic("Lamport's fast mutex", fastMutex(2), exclusion, [342, 638, 22, 0], 'holds', 'violated'),
  classic(
    "Lamport's fast mutex, not waiting",
    fastMutex(2, { waits: false }),
    exclusion,
    [350, 684, 23, 0],
    ['violated', 13],
    'violated',
  ),
  classic('bakery', bakery(2), exclusion, [384, 650, 39, 0], 'holds', 'holds'),
  classic('bakery, not waiting', bakery(2, { waits: false }), exclusion, [720, 1321, 48, 0], ['violated', 18], 'holds'),
  classic('token ring, 3 of 2 values', tokenRing(3, 2), tokenRingProperties, [8, 12, 0, 0], 'holds', 'holds', 'holds'),
  classic(
    'token ring, 4 of 3 values',
    tokenRing(4, 3),
    tokenRingProperties,
    [81, 189, 0, 0],
    'holds',
    'holds',
    'holds',
  ),
  classic(
    'token ring, 4 of 2 values',
    tokenRing(4, 2),
    tokenRingProperties,
    [16, 32, 0, 0],
    'holds',
    'holds',
    'violated',
  ),
  classic('alternating bit', alternatingBit(), alternatingBitProperties, [54, 120, 21, 0], 'holds', 'holds'),
  classic(
    'alternating bit, without the bit',
    alternatingBit({ oneBit: false }),
    alternatingBitProperties,
    [108, 240, 24, 0],
    ['violated', 5],
    'holds',
  ),
  classic(
    '3 readers and writers',
    readersAndWriters(3),
    readersAndWritersProperties,
    [11, 30, 3, 0],
    'holds',
    'holds',
    ['reached', 2],
  ),
  classic(
    '4 readers and writers',
    readersAndWriters(4),
    readersAndWritersProperties,
    [20, 72, 4, 0],
    'holds',
    'holds',
    ['reached', 2],
  ),
  classic('Chang and Roberts, 1 2 3', changRoberts([1, 2, 3]), electionProperties, [21, 34, 8, 0], 'holds', 'holds'),
  classic('Chang and Roberts, 3 2 1', changRoberts([3, 2, 1]), electionProperties, [24, 39, 9, 0], 'holds', 'holds'),
  classic(
    'Chang and Roberts, 2 4 1 3',
    changRoberts([2, 4, 1, 3]),
    electionProperties,
    [62, 132, 12, 0],
    'holds',
    'holds',
  ),
  classic(
    'Dolev, Klawe and Rodeh, 1 2 3',
    dolevKlaweRodeh([1, 2, 3]),
    electionProperties,
    [35, 56, 15, 0],
    'holds',
    'holds',
  ),
  classic(
    'Dolev, Klawe and Rodeh, 2 4 1 3',
    dolevKlaweRodeh([2, 4, 1, 3]),
    electionProperties,
    [119, 244, 28, 0],
    'holds',
    'holds',
  ),
  classic('Fischer, 2', fischer(2), exclusion, [43, 84, 10, 0], 'holds', 'violated'),
  classic('Fischer, 3', fischer(3), exclusion, [237, 533, 13, 0], 'holds', 'violated'),
  classic('Fischer, in haste', fischer(2, { pause: 1 }), exclusion, [53, 120, 11, 0], ['violated', 8], 'violated'),
]
