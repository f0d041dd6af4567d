/** What the rest of a capture shows of an end: it rules hypotheses out before they are followed, and makes others alike. */
import { add, before, isTcb, isTimeWait, notAfter, type Segment, type Socket } from '../../model/index.ts'
import type { Hypothesis, Standing } from './hypothesis.ts'
import type { Remembering } from './memory.ts'
import { type Observation, shows } from './observation.ts'

/** The numbers that bound what a socket may say from now on. */
export const standingOf = (socket: Socket): Standing | undefined => {
  if (isTcb(socket)) return { sndNxt: socket.snd.nxt, rcvNxt: socket.rcv.nxt }
  return isTimeWait(socket) ? { sndNxt: socket.sndNxt, rcvNxt: socket.rcvNxt } : undefined
}

/** Asked about a moment: before which step of the search. */
export interface Outlook<E> {
  /** How a segment that is sent then fares, after others that are on their way to the tap. */
  fate(unseen: readonly Segment[], s: Segment, step: number): 'shown' | 'lost' | 'unknown'
  /** A packet of the end shows this segment then or later. */
  isShown(s: Segment, step: number): boolean
  /** A late ACK may do something: the other end is soon heard to send text or a FIN, or this end to reset. */
  heedsLateAcks(step: number): boolean
  /** Acknowledgments only grow: the end's next packet cannot come from here. */
  rulesOut(h: Hypothesis<E>, step: number): boolean
  /**
   * What is told of text that comes beyond a gap: the end's next packet says that it did (SACK); some packet may tell that
   * something did; or nobody sees whether it came before what fills the gap.
   */
  beyondGap(h: Hypothesis<E>, s: Segment, step: number): 'said' | 'perhaps' | 'hidden'
}

export const outlook = <E extends object>(actor: Remembering<E>, steps: readonly Observation[]): Outlook<E> => {
  const own = steps.map((o) => (o.from === actor.side && !o.forged ? o : undefined))
  const lastOwn = own.findLastIndex((o) => o !== undefined)
  const lastReset = own.findLastIndex((o) => o?.flags.includes('R'))
  const lastShown = lastShownIn(own)
  const inOrder = ordered(own)
  const soon = speaksSoon(steps.map((o) => o.from !== actor.side && (o.len > 0 || o.flags.includes('F'))))
  const selective = own.some((o) => o?.sack !== undefined)
  const last: number[] = []
  const isShown = (s: Segment, step: number): boolean => {
    const id = actor.segmentId(s)
    last[id] ??= lastShown(s)
    return last[id] >= step
  }
  /** The next packet that is not sent yet, unless it is a SYN, which keeps no order with what was received. */
  const upcoming = ({ unseen }: Pick<Hypothesis<E>, 'unseen'>, step: number): Observation | undefined => {
    const o = inOrder.after(step, inOrder.trusted ? numbered(unseen) : 0)
    return o?.flags.includes('S') ? undefined : o
  }
  return {
    isShown,
    fate: (unseen, s, step) => {
      if (lastOwn < step) return 'unknown'
      if (!inOrder.trusted || s.flags.includes('R')) return isShown(s, step) ? 'unknown' : 'lost'
      const o = inOrder.after(step, numbered(unseen))
      if (o === undefined) return 'unknown'
      return shows(o, s) ? 'shown' : 'lost'
    },
    heedsLateAcks: (step) => soon[step]! || lastReset >= step,
    rulesOut: (h, step) => {
      const o = upcoming(h, step)
      const standing = o === undefined ? undefined : actor.standing(h.end)
      if (o === undefined || standing === undefined || !contradicts(standing, o)) return false
      return inOrder.trusted || ![...h.unseen, ...h.late].some((s) => shows(o, s))
    },
    beyondGap: ({ end, unseen }, s, step) => {
      const sent = inOrder.trusted ? numbered(unseen) : 0
      const lacks = actor.standing(end)?.rcvNxt
      if (lacks === undefined || !before(lacks, s.seq) || inOrder.after(step, sent) === undefined) return 'perhaps'
      for (let n = sent; ; n++) {
        const o = inOrder.after(step, n)
        if (o?.ack !== lacks) return 'hidden'
        if (selective && holds(o, s)) return n === sent ? 'said' : 'perhaps'
        if (!selective && o.flags === '.' && o.len === 0 && inOrder.after(step, n - 1)?.ack === lacks) return 'perhaps'
      }
    },
  }
}

/** RFC 2018 §4: the first block is of what has just come. */
const holds = ({ sack = [] }: Observation, s: Segment): boolean =>
  sack.some(([left, right]) => notAfter(left, s.seq) && notAfter(add(s.seq, s.len), right))

/** RSTs keep no order with others. */
const numbered = (unseen: readonly Segment[]): number => {
  let n = 0
  for (const s of unseen) if (!s.flags.includes('R')) n++
  return n
}

/** An end's packets but RSTs, in order; the order is that of sending where clocks have told it. */
const ordered = (own: readonly (Observation | undefined)[]) => {
  const packets: Observation[] = []
  const passed = [0]
  for (const o of own) {
    if (o !== undefined && !o.flags.includes('R')) packets.push(o)
    passed.push(packets.length)
  }
  return {
    trusted: packets.every((o) => o.clock !== undefined),
    after: (step: number, others: number): Observation | undefined => packets[passed[step]! + others],
  }
}

/** It acknowledges less than was received, or is an ACK from before what was sent; one below is a keepalive probe. */
const contradicts = ({ sndNxt, rcvNxt }: Standing, o: Observation): boolean => {
  if (o.ack !== undefined && before(o.ack, rcvNxt)) return true
  return o.flags === '.' && o.len === 0 && o.seq !== undefined && before(add(o.seq, 1), sndNxt)
}

/** Steps within which a late ACK may still be overtaken by text. */
const SOON = 12

const speaksSoon = (speaks: readonly boolean[]): boolean[] => {
  let distance = Number.POSITIVE_INFINITY
  const soon = speaks.map(() => false)
  soon.push(false)
  for (let i = speaks.length - 1; i >= 0; i--) {
    distance = speaks[i] ? 0 : distance + 1
    soon[i] = distance <= SOON
  }
  return soon
}

/** The last step that shows a segment; -1 if none does. */
const lastShownIn = (own: readonly (Observation | undefined)[]): ((s: Segment) => number) => {
  const alike = new Map<string, number[]>()
  own.forEach((o, i) => {
    if (o === undefined) return
    const of = alike.get(shape(o))
    if (of) of.push(i)
    else alike.set(shape(o), [i])
  })
  return (s) => alike.get(shape(s))?.findLast((i) => shows(own[i]!, s)) ?? -1
}

const shape = ({ flags, len, ack }: Pick<Segment, 'flags' | 'len' | 'ack'>): string => `${flags},${len},${ack}`
