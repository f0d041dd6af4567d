import { type Compiled, compile } from '../compile/index.ts'
import { CheckerFault } from '../faults.ts'
import { counting, isUneven } from './counters.ts'
import { type Family, representatives } from './family.ts'

const DEFAULT_SLICES = 4_000_000
const LARGEST_MANY = 64

/** The tables of one group of each kind: they do not depend on how many groups there are. */
export interface Tabulated {
  readonly compiled: Compiled
  /** Whether a number of a hub only says *many*, so that what reads it is not decided there. */
  readonly isUnclear: (hub: number) => boolean
  /** The part whose numbers are counted. */
  readonly part?: string
  /** From which number on counters say *many*; absent: none does. */
  readonly many?: number
}

export interface TableLimits {
  readonly maxSlices?: number
  readonly shouldStop?: () => boolean
}

/**
 * Fills the tables; counts as far as is needed to tell *many* from less.
 * @throws CheckerFault UNSOUND_REDUCTION when groups are told apart; TABLES_TOO_LARGE; BAD_SYSTEM
 */
export function tabulate(family: Family, { maxSlices = DEFAULT_SLICES, shouldStop }: TableLimits = {}): Tabulated {
  const system = representatives(family.any)
  for (let many = family.counters?.many ?? 2; ; many = Math.ceil(many * 1.5)) {
    try {
      const counted = family.counters ? counting(system, family.counters, many) : system
      const compiled = compile(counted, { maxSlices, ...(shouldStop && { shouldStop }) })
      refuseUnlike(compiled)
      return { compiled, ...clarity(compiled, family, many) }
    } catch (fault) {
      if (!isUneven(fault) || many >= LARGEST_MANY) throw fault
    }
  }
}

function clarity({ tables, codec }: Compiled, { counters }: Family, many: number): Omit<Tabulated, 'compiled'> {
  const isMany = (hub: number): boolean =>
    counters?.read(codec.hubParts(hub)[counters.part]).some((n) => n >= many) === true
  const unclear = Uint8Array.from({ length: tables.hubs }, (_, hub) => (isMany(hub) ? 1 : 0))
  return {
    isUnclear: (hub) => unclear[hub] === 1,
    ...(counters && { part: counters.part }),
    ...(unclear.includes(1) && { many }),
  }
}

function refuseUnlike({ closed }: Compiled): void {
  if (!closed.asks.asks.some(({ walker }) => walker.usesGroup)) return
  const why = 'a shared part tells the groups apart by their index'
  throw new CheckerFault('UNSOUND_REDUCTION', `Nothing can be said of every number of groups: ${why}.`)
}
