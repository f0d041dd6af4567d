/** What other evidence than the packets decides of the explanations that they leave open. */
import type { Sysctls } from '../../model/index.ts'
import type { AboutConnection } from '../replay/options.ts'
import { type Cause, type Counted, type Diagnosis, judged } from './diagnosis.ts'

/** What is known of the server's host beside the packets. */
export interface KnownOfServer {
  readonly about: AboutConnection
  /** What was counted between two readings, or since boot. */
  readonly counters?: { readonly values: Readonly<Record<string, number>>; readonly between: boolean }
  readonly sysctls?: Partial<Sysctls>
  /** By counter: the packets of all connections of which each would have been counted once. */
  readonly together?: ReadonlyMap<string, Together>
  /** Where another capture shows that the server answered the SYN. */
  readonly answered?: string
  /** A listing that shows its accept queue full, and where. */
  readonly fullQueue?: string
}

export interface Together {
  readonly times: number
  readonly connections: number
}

export interface Decided {
  readonly diagnosis: Diagnosis
  /** What other evidence says against the only causes that the packets leave. */
  readonly contradiction?: string
}

/**
 * Causes that counters, settings or the other end's capture deny are ruled out, and one that they prove rules out the others;
 * if none would be left, the evidence contradicts itself.
 */
export const decidedBy = (d: Diagnosis, known: KnownOfServer): Decided => {
  const why = d.causes.map((c) => whyNot(c, d, known))
  const denied = why.find((words) => words !== undefined)
  const left = d.causes.map((c, i): Cause => (why[i] === undefined ? c : ruledOut(c, why[i])))
  if (denied !== undefined && !left.some(isOpen))
    return {
      diagnosis: d,
      contradiction: `${denied}, but the packets show ${d.id}, and leave no other cause than: ${d.cause}`,
    }
  const proved = left.filter(isOpen).flatMap((c) => {
    const proof = proofOf(c, known)
    return proof === undefined ? [] : [{ cause: c, proof }]
  })
  // Evidence that speaks for two of them decides nothing between them.
  const [sure] = proved.length === 1 ? proved : []
  if (sure !== undefined) {
    const causes = left.map((c) => (c === sure.cause || !isOpen(c) ? c : ruledOut(c, `${sure.proof}: it is enough`)))
    const { decides: _, ...rest } = d
    const now = { ...rest, ...judged(causes) }
    return { diagnosis: now.certainty === 'certain' ? { ...now, proof: sure.proof } : withoutGiven(d, now, known) }
  }
  const now = withProof(denied === undefined ? d : { ...d, ...judged(left) })
  return { diagnosis: { ...withoutGiven(d, now, known), ...supportOf(now.causes.find(isOpen), known) } }
}

/** Where every other cause is ruled out, that is the proof. */
const withProof = (d: Diagnosis): Diagnosis => {
  const why = new Set(d.causes.flatMap(({ ruledOut }) => ruledOut ?? []))
  return d.certainty !== 'certain' || d.proof !== undefined || why.size === 0
    ? d
    : { ...d, proof: `nothing else is left: ${[...why].join('; ')}` }
}

const isOpen = ({ cost }: Cause): boolean => cost !== undefined

const ruledOut = ({ cost: _, ...c }: Cause, why: string): Cause => ({ ...c, ruledOut: why })

const whyNot = (c: Cause, { id }: Diagnosis, known: KnownOfServer): string | undefined => {
  const {
    about: { server, beyond },
    answered,
    counters,
    sysctls,
  } = known
  // A SYN that is answered there was dropped by no queue: the answers are lost between the taps.
  if (id === 'SYN-unanswered' && answered !== undefined)
    return c.meets !== undefined || c.counted !== undefined ? answered : undefined
  if (c.cost === undefined) return undefined
  if (c.meets && c.meets.length > 0) {
    if (server?.neverFull || counters?.values.ListenOverflows === 0) return 'ListenOverflows did not move'
    if (c.meets.every((n) => beyond?.get(n) === false))
      return 'the other capture, nearer to the server, has none of these packets'
  }
  if (c.counted && counters?.values[c.counted.counter] === 0) return `${c.counted.counter} did not move`
  for (const [name, value] of Object.entries(c.needs ?? {})) {
    const set = sysctls?.[name as keyof Sysctls]
    if (set !== undefined && set !== value) return `${name} is ${set}`
  }
  const arrived = c.loses?.find((n) => beyond?.get(n) === true)
  return arrived === undefined ? undefined : `the other capture, nearer to the server, has packet ${arrived}`
}

/** What the server's host counts of these packets, if this is the cause. */
export const countedOf = ({ counted, meets = [] }: Cause): Counted | undefined =>
  counted ?? (meets.length > 0 ? { counter: 'ListenOverflows', times: meets.length } : undefined)

/**
 * Evidence that leaves no doubt: the counter has grown by just that number between two readings, the packets of other
 * connections counted with these, or a listing shows it.
 */
const proofOf = (c: Cause, { counters, fullQueue, together }: KnownOfServer): string | undefined => {
  const counted = countedOf(c)
  if (c.meets && c.meets.length > 0 && fullQueue !== undefined) return fullQueue
  if (counted === undefined || !counters?.between) return undefined
  const { counter, times } = counted
  if (counters.values[counter] === times) return `${counter} grew by ${times}, by just the number of these packets`
  const all = together?.get(counter)
  return all !== undefined && all.connections > 1 && counters.values[counter] === all.times
    ? `${counter} grew by ${all.times}, by just the number of these packets in ${all.connections} connections`
    : undefined
}

/** A counter that grew, though not by just that number. */
const supportOf = (c: Cause | undefined, { counters, together }: KnownOfServer): { supports?: string } => {
  const counted = c && countedOf(c)
  const grew = counted && counters?.between ? (counters.values[counted.counter] ?? 0) : 0
  if (counted === undefined || grew === 0) return {}
  const all = together?.get(counted.counter)
  const isSum = all !== undefined && all.connections > 1
  const times = isSum ? all.times : counted.times
  const these = `${times === 1 ? 'this is 1 packet' : `these are ${times} packets`}${isSum ? ` in ${all.connections} connections` : ''}`
  const why = `${counted.counter} grew by ${grew}, and ${these}`
  if (grew === times) return { supports: why }
  return {
    supports:
      grew > times
        ? `${why}: others were counted as well`
        : `${why}: it did happen between the readings, but they do not span all of these, or some were lost before the server`,
  }
}

/** What was given already need not be looked up. */
const withoutGiven = (
  before: Diagnosis,
  { decides: _, ...now }: Diagnosis,
  { counters, sysctls }: KnownOfServer,
): Diagnosis => {
  const open = now.causes.filter(isOpen)
  // With one cause left of several, nothing is to be decided between causes.
  if (open.length === 1 && before.causes.length > 1)
    return open[0]!.shownBy === undefined ? now : { ...now, decides: open[0]!.shownBy }
  const given = [...Object.keys(counters?.values ?? {}), ...Object.keys(sysctls ?? {})]
  const parts = before.decides
    ?.split('; ')
    .filter((part) => !given.some((name) => new RegExp(`(?:\\b|TcpExt|_)${name}\\b`).test(part)))
  return parts === undefined || parts.length === 0 ? now : { ...now, decides: parts.join('; ') }
}
