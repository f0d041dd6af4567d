/** Which runs of a server are believable where the capture was taken at its own interface: what the tap sees arrives at once. */
import { questionAbout, type Segment, type Stack } from '../../model/index.ts'
import type { Hypothesis } from '../replay/actors/hypothesis.ts'
import type { ServerEnd } from '../replay/actors/server-end.ts'
import type { Surviving } from '../replay/beliefs.ts'
import type { Observation } from '../replay/packets/observation.ts'
import type { Tap } from '../replay/packets/tap.ts'
import { segmentKey } from '../replay/search/memo.ts'
import type { Along, Counts, Runs } from './counting.ts'

/** Seconds between passing the server's own interface and reaching its socket, at most. */
const AT_ONCE = 0.005

/**
 * At the server's interface: all runs in which nothing is lost or late between the tap and the socket, and no request waits
 * for longer without repeating its SYN+ACK than any timer lasts. Elsewhere: the cheapest runs.
 * @param until when the capture ends, seconds
 */
export const runsOf = (
  surviving: Surviving<ServerEnd>,
  observations: readonly Observation[],
  tap: Tap,
  until: number,
): Runs<ServerEnd> => {
  if (tap !== 'server') return { surviving, likeness: '', slack: 0, allows: () => true, mayEnd: () => true }
  // What the client sent before has reached the socket, and been answered.
  const settled = sinceLast(observations, until, ({ from }) => from === 'client').map(
    (s) => s === undefined || s > AT_ONCE,
  )
  // The handshake was last heard of so long ago.
  const quiet = sinceLast(observations, until, ({ flags }) => flags.includes('S')).map((s) => s ?? 0)
  const lasts = (h: Hypothesis<ServerEnd>, i: number): boolean => {
    if (settled[i] && (h.due.length > 0 || h.unseen.length > 0)) return false
    const { object } = h.end.server
    return object.kind !== 'request' || quiet[i]! < PATIENCE * 2 ** object.timer.n
  }
  const patience = quiet.map((seconds) => Math.max(-1, Math.floor(Math.log2(seconds / PATIENCE))))
  return {
    surviving,
    likeness: `at the server ${settled.map(Number).join('')} ${patience.join()}`,
    slack: surviving.slack,
    allows: ({ edge: { isHidden, cost, invents }, from }, layer) => {
      if (isHidden) return invents === undefined || invents.loses === 0
      return !(cost > 0 && invents === undefined) && lasts(from, layer)
    },
    layerKey: (layer) => `${settled[layer]} ${patience[layer]}`,
    mayEnd: (h) => lasts(h, observations.length),
  }
}

/** Seconds from the last such packet before each packet, and before the end of the capture; undefined where there is none. */
const sinceLast = (
  observations: readonly Observation[],
  until: number,
  isSuch: (o: Observation) => boolean,
): (number | undefined)[] => {
  let last: number | undefined
  const since = observations.map((o): number | undefined => {
    const seconds = last === undefined ? undefined : o.time! - last
    if (isSuch(o)) last = o.time!
    return seconds
  })
  return [...since, last === undefined ? undefined : until - last]
}

/** Seconds that a request waits for the first time, at most: one, and the slack of the timer wheel. linux: TCP_TIMEOUT_INIT */
const PATIENCE = 1.5

/** A segment arrived that asked for room: to be admitted (a SYN) or to be promoted (an ACK), and there was none. */
export const metFullQueue =
  (stack: Stack, what: 'admit' | 'promote'): Counts<ServerEnd> =>
  (along) => {
    const { from, to } = along
    if (!to.end.full || !from.end.listening) return false
    const arrived = arrivedAlong(along)
    return arrived !== undefined && questionAbout(from.end.server, arrived, stack).ask === what
  }

/** What arrives on the way along an edge between two packets: of those that are gone from the wire the last, the others were overtaken. */
export const arrivedAlong = ({ edge, from, to }: Along<ServerEnd>): Segment | undefined =>
  edge.isHidden ? (goneFrom(from.due, to.due) ?? goneFrom(from.stray, [...to.stray, ...to.due])) : undefined

const goneFrom = (before: readonly Segment[], after: readonly Segment[]): Segment | undefined => {
  if (before.length === 0) return undefined
  const left = after.map(segmentKey)
  return before.findLast((s) => !left.includes(segmentKey(s)))
}

export const isPromotion: Counts<ServerEnd> = ({ from, to }) =>
  from.end.server.object.kind !== 'child' && to.end.server.object.kind === 'child'
