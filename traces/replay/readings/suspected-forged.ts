/**
 * Packets that their end can hardly have sent, judged by what no state of TCP explains: a time to live that none of the
 * end's other packets has, a number of the IP packet that is out of the row in which the end counts; or by a RST after which
 * the end goes on, as it does where a middlebox resets in its name. It takes both, such a trait and a capture that conforms
 * without the packet, to suspect it: neither does alone.
 */
import { add, before, notAfter, type Seq } from '../../../model/index.ts'
import { type Connection, fromClient, hasFlag, type Packet } from '../../capture.ts'
import type { Observation } from '../packets/observation.ts'
import { type Assumption, assuming, type Captured, type Reading } from './reading.ts'

export interface Suspect {
  readonly packet: number
  /** Why its sender may be another host. */
  readonly trait: string
}

/** Other packets of the end that must agree before one of them is odd. */
const ENOUGH = 3

/** RSTs of an end that are looked at one by one. */
const MOST_RESETS = 16

export const suspectsOf = (c: Connection): Suspect[] =>
  [true, false]
    .flatMap((ofClient) => {
      const own = c.packets.filter((p) => fromClient(c, p) === ofClient)
      const end = ofClient ? 'client' : 'server'
      const hops = hopsOf(own)
      const resets = new Set(own.filter((p) => hasFlag(p, 'R')).slice(0, MOST_RESETS))
      const found: Suspect[] = []
      const row: Packet[] = []
      for (const p of own) {
        const trait =
          oddHops(p, hops, end) ??
          oddIdentification(p, row, own, end) ??
          (resets.has(p) ? (answersLater(p, c, end) ?? livesOn(p, c, end)) : undefined)
        if (trait !== undefined) found.push({ packet: p.number, trait })
        else if (p.identification) row.push(p)
      }
      return found
    })
    .sort((a, b) => a.packet - b.packet)

/** RSTs that another host may have sent, by their time to live, though the capture conforms with them: one sentence each. */
const doubtfulResets = (c: Connection, forged: readonly number[]): Assumption[] =>
  [true, false].flatMap((ofClient) => {
    const own = c.packets.filter((p) => fromClient(c, p) === ofClient)
    const end = ofClient ? 'client' : 'server'
    const resets = own.filter((p) => hasFlag(p, 'R') && !forged.includes(p.number)).slice(0, MOST_RESETS)
    const hops = hopsOf(resets.length > 0 ? own : [])
    return resets.flatMap((p) => {
      const trait = oddHops(p, hops, end)
      if (trait === undefined) return []
      const words = `packet ${p.number} is the ${end}'s own RST, though ${trait}: a middlebox may have sent it`
      return [{ id: 'own-reset' as const, packets: [p.number], ceiling: 'conforms' as const, words }]
    })
  })

/** Number of packets by time to live. */
const hopsOf = (own: readonly Packet[]): ReadonlyMap<number | undefined, number> => {
  const hops = new Map<number | undefined, number>()
  for (const p of own) hops.set(p.hops, (hops.get(p.hops) ?? 0) + 1)
  return hops
}

/** A time to live that differs from the one that all others share: another path, or another host. RFC 791 §3.2 */
const oddHops = (p: Packet, hops: ReadonlyMap<number | undefined, number>, end: string): string | undefined => {
  const others = [...hops].filter(([value]) => value !== undefined && value !== p.hops)
  const [usual] = others
  if (p.hops === undefined || usual === undefined || others.length > 1 || usual[1] < ENOUGH) return undefined
  if ((hops.get(p.hops) ?? 0) + (hops.get(undefined) ?? 0) > usual[1]) return undefined
  return `its time to live is ${p.hops}, that of ${usual[1]} others of the ${end} ${usual[0]}`
}

/**
 * A socket that resets its connection has none left to go on with: text or a FIN from beyond the RST, or an ACK of what the other end
 * has only sent since, before another SYN. RFC 9293 §3.10.5
 */
const livesOn = (p: Packet, c: Connection, end: string): string | undefined => {
  if (!hasFlag(p, 'R') || p.sequence === undefined) return undefined
  const isOwn = (x: Packet): boolean => fromClient(c, x) === fromClient(c, p)
  let heard: Seq | undefined
  let fresh: Seq | undefined
  let passed = false
  for (const x of c.packets) {
    if (x === p) passed = true
    else if (hasFlag(x, 'S') && passed) return undefined
    else if (hasFlag(x, 'R') || x.sequence === undefined) continue
    else if (isOwn(x)) {
      const acknowledges = fresh !== undefined && x.acknowledgment !== undefined && notAfter(fresh, x.acknowledgment)
      if (passed && (acknowledges || (takesRoom(x) && before(p.sequence, endOf(x)))))
        return `the ${end} goes on with packet ${x.number} as if it had never sent this RST`
    } else if (heard === undefined || before(heard, endOf(x))) {
      if (passed) fresh ??= endOf(x)
      else heard = endOf(x)
    }
  }
  return undefined
}

/** It refuses a SYN with a number that is none of an answer to it, and the same end then takes the same SYN. RFC 9293 §3.10.7.1 */
const answersLater = (p: Packet, c: Connection, end: string): string | undefined => {
  const isOwn = (x: Packet): boolean => fromClient(c, x) === fromClient(c, p)
  const syn = c.packets.findLast((x) => x.number < p.number && !isOwn(x) && x.flags === 'S')
  if (syn?.sequence === undefined || p.acknowledgment === undefined || !hasFlag(p, '.')) return undefined
  const wanted = add(syn.sequence, 1 + syn.length)
  const isAnswer = (x: Packet): boolean => isOwn(x) && hasFlag(x, 'S') && x.acknowledgment === wanted
  const answer = c.packets.find(isAnswer)
  if (p.acknowledgment === wanted || answer === undefined || answer.number < p.number) return undefined
  return `it acknowledges ${p.acknowledgment}, which is none of an answer to the SYN, and the ${end} takes the same SYN with packet ${answer.number}`
}

const takesRoom = (p: Packet): boolean => p.length > 0 || hasFlag(p, 'F')
const endOf = (p: Packet): Seq => add(p.sequence!, p.length + (hasFlag(p, 'F') ? 1 : 0))

/** Steps of a socket's own counter, and a distance that is none. linux: ip_select_ident_segs, inet_id */
const STEP = 16
const FAR = 1000
const SPACE = 2 ** 16

/** A socket counts its packets; 0 tells nothing, and a SYN may begin another row. @param row what counted on before it */
const oddIdentification = (
  p: Packet,
  row: readonly Packet[],
  own: readonly Packet[],
  end: string,
): string | undefined => {
  const id = p.identification
  if (id === undefined || id === 0 || p.flags === 'S') return undefined
  const before = row.slice(-ENOUGH)
  const last = before.at(-1)?.identification
  const steps = before.slice(1).map((x, i) => ahead(x.identification! - before[i]!.identification!))
  const counts =
    before.length < ENOUGH ? steps.length > 0 && steps.every((s) => s === 1) : steps.every((s) => s <= STEP)
  if (!counts || last === undefined || !isFar(id - last)) return undefined
  const goesOn = own.some((x) => x.number > p.number && x.identification && ahead(x.identification - id) <= STEP)
  return goesOn ? undefined : `its IP identification is ${id}, where the ${end} counts on from ${last}`
}

const ahead = (by: number): number => (by + SPACE) % SPACE
const isFar = (by: number): boolean => ahead(by) > FAR && ahead(-by) > FAR

/** The reading in which they were injected: neither end has to account for them. */
export function* suspectedForged(plain: Reading, { connection }: Captured): Generator<Reading> {
  const known = new Set(plain.packets.filter(({ forged }) => forged).map(({ packet }) => packet))
  const suspects = suspectsOf(connection).filter(({ packet }) => !known.has(packet))
  if (suspects.length === 0) return
  const numbers = suspects.map(({ packet }) => packet)
  const traits = suspects.map(({ packet, trait }) => `packet ${packet} is suspected to be forged: ${trait}`)
  const words = `${traits.join('; ')}; without ${suspects.length > 1 ? 'them' : 'it'} the capture conforms`
  const marked = (o: Observation): Observation => (numbers.includes(o.packet) ? { ...o, forged: true as const } : o)
  const packets = plain.packets.map(marked)
  yield assuming(plain, { packets }, { id: 'suspected-forged', packets: numbers, ceiling: 'inconclusive', words })
}

/** Also where the capture conforms, RSTs whose time to live is odd are reported. */
export const ownResets = (r: Reading, { connection }: Captured): Reading => {
  if (!r.packets.some(({ flags }) => flags.includes('R'))) return r
  const known = r.packets.filter(({ forged }) => forged).map(({ packet }) => packet)
  const odd = doubtfulResets(connection, known)
  return odd.length === 0 ? r : assuming(r, {}, ...odd)
}
