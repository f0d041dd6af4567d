/** What must not change a verdict: where numbers begin, when the clock of the capture began, and that a capture ends early. */
import { add, type ProfileName, type Seq, type Socket } from '../../../model/index.ts'
import { type Connection, fromClient, type Packet } from '../../capture.ts'
import type { ServerEnd } from '../actors/server-end.ts'
import type { Candidates } from '../options.ts'
import { replayConnection } from '../replay.ts'
import { AutomataPool } from '../search/automata.ts'

/** By the kernels that were tried: what is learnt of one connection serves the next. */
const pools = new Map<string, ReturnType<typeof pool>>()
const pool = () => ({
  client: new AutomataPool<Socket, ProfileName>(),
  server: new AutomataPool<ServerEnd, ProfileName>(),
})

/** What a user is told of a connection, but for the numbers in the words of a divergence: these are those of the capture. */
export const toldOf = (c: Connection, candidates: Candidates) => {
  const key = JSON.stringify(candidates)
  const asked = pools.get(key) ?? pool()
  pools.set(key, asked)
  const { connection: found } = replayConnection(c, candidates, { asked })
  const { verdict, divergence, tap, kernels, fits, invents, alternatives, supposes = [], suspected = [] } = found
  const failed = divergence && {
    packet: divergence.packet,
    reason: withoutNumbers(divergence.reason),
    allowed: divergence.allowed.map(withoutNumbers).sort(),
  }
  const timeline = found.timeline()
  return { verdict, tap, kernels, fits, invents, alternatives, supposes, suspected, timeline, divergence: failed }
}

const withoutNumbers = (words: string): string => words.replace(/\d+/g, 'n')

/** All numbers of an end begin elsewhere. */
export const shifted = (c: Connection, by: Readonly<Record<'client' | 'server', number>>): Connection => ({
  ...c,
  packets: c.packets.map((p): Packet => {
    const [own, peer] = fromClient(c, p) ? ([by.client, by.server] as const) : ([by.server, by.client] as const)
    const sack = p.options?.sack?.map(([l, r]) => [add(l, peer), add(r, peer)] as const)
    return {
      ...p,
      ...(p.sequence !== undefined && !isStateless(p) && { sequence: add(p.sequence, own) }),
      ...(p.acknowledgment !== undefined && { acknowledgment: add(p.acknowledgment, peer) }),
      ...(sack && { options: { ...p.options, sack } }),
    }
  }),
})

/** The RST of a port on which nothing listens has the number 0, which no end drew. RFC 9293 §3.10.7.1 */
const isStateless = ({ flags, sequence }: Packet): boolean => flags === 'R.' && sequence === (0 as Seq)

/** Whether the same packets are stateless resets: a number that happens to become 0 would make another. */
export const hasSameResets = (a: Connection, b: Connection): boolean =>
  a.packets.every((p, i) => isStateless(p) === isStateless(b.packets[i]!))

/** Captured so many seconds later. */
export const delayed = (c: Connection, by: number): Connection => ({
  ...c,
  packets: c.packets.map((p) => (p.time === undefined ? p : { ...p, time: p.time + by })),
})

/** The first of its packets: at least one. @param share of all, from 0 to 1 */
export const cut = (c: Connection, share: number): Connection => ({
  ...c,
  packets: c.packets.slice(0, Math.max(1, Math.floor(share * c.packets.length))),
})
