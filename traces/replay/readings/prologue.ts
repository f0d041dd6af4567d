/**
 * A capture that begins in the middle of a connection: the shortest histories that lead to its first numbers. They are put
 * before it as packets that the capture does not show, so that the ends come to where they are by the rules of the model
 * alone. What was before may be longer; nothing that follows can tell.
 */
import { add, before, type Flags, later, type Segment, type Seq } from '../../../model/index.ts'
import type { Observation, Side } from '../packets/observation.ts'
import { endNumbers, type Numbers } from './end-numbers.ts'

/** Seconds that the inferred packets lie before the first that the capture shows: long enough to be overtaken by none. */
const BEFORE = 3

/** The observations with what must have been before them, the likeliest history first; as they are, if they begin with a SYN. */
export const withPrologues = (o: readonly Observation[]): (readonly Observation[])[] => {
  const first = o.find(({ forged }) => !forged)
  if (first === undefined || first.flags === 'S' || answersForged(o)) return [o]
  if (first.flags === 'R.' && isAnsweredEarly(o, first)) return [o]
  const synAck = o.find((x) => x.flags.includes('S') && !x.forged)
  if (synAck?.flags === 'S.' && synAck.from === 'server' && synAck.seq !== undefined && synAck.ack !== undefined) {
    if (isAnsweredEarly(o, synAck)) return [o]
    if (isOpening(o, synAck as Observation & Opening)) return openings(o, first, synAck as Observation & Opening)
  }
  const syn = o.findIndex((x) => x.flags === 'S' && !x.forged)
  return histories(o, syn < 0 ? o : o.slice(0, syn))
}

/** What comes before the SYN+ACK is what a client says to a server that is still in SYN_RECV; or it is a stray. */
const isOpening = (o: readonly Observation[], synAck: Observation & Opening): boolean =>
  o
    .slice(0, o.indexOf(synAck))
    .filter(({ forged, flags }) => !forged && !flags.includes('R'))
    .every(
      (x) =>
        x.from === 'client' &&
        (x.ack === undefined || x.ack === add(synAck.seq, 1)) &&
        (x.seq === undefined || !before(x.seq, synAck.ack)),
    )

/** Nothing but RSTs, and what was put on the wire before them: they need no connection. RFC 9293 §3.10.7.1 */
const answersForged = (o: readonly Observation[]): boolean =>
  o[0]!.forged === true && o.every((x) => x.forged || x.flags.includes('R'))

/** The SYN comes after its answer, and too soon to be one that is repeated. RFC 6298 §2.1 */
const isAnsweredEarly = (o: readonly Observation[], { from, ack, time = 0 }: Observation): boolean => {
  const syn = o.find((x) => x.flags === 'S' && x.from !== from && ack !== undefined && x.seq === add(ack, -1))
  return syn !== undefined && !((syn.time ?? 0) - time >= SYN)
}

/** Seconds before a SYN is first repeated, less some jitter. linux: TCP_TIMEOUT_INIT */
const SYN = 0.9

interface Opening {
  readonly seq: Seq
  readonly ack: Seq
}

/** The handshake is not over: the capture lacks the SYN, or shows the SYN+ACK only when it is repeated. */
const openings = (o: readonly Observation[], first: Observation, { seq, ack }: Opening): Observation[][] => {
  const iss = add(ack, -1)
  const say = saying(o)
  const syn = say('client', 'S', iss)
  if (first.flags === 'S.') return [[syn, ...o]]
  const { nxt } = endNumbers(o, 'client', true)
  const opened = [syn, say('server', 'S.', seq, ack), say('client', '.', ack, add(seq, 1))]
  const text = before(ack, nxt) ? [say('client', '.', ack, add(seq, 1), nxt)] : []
  return [[...opened, ...text, ...withNumbers(o, { client: nxt, server: add(seq, 1) })]]
}

/** With as little as possible under way when the capture began, or more; with nothing closed, or with a FIN that it does not show. */
const histories = (o: readonly Observation[], beginning: readonly Observation[]): Observation[][] => {
  const found: Observation[][] = []
  for (const closed of [[], ['client'], ['server'], ['client', 'server']] as const)
    for (const underWay of [false, true]) {
      const client = endNumbers(beginning, 'client', underWay)
      const server = endNumbers(beginning, 'server', underWay)
      const isIdle = (side: Side): boolean =>
        mayHaveClosed(beginning, side, side === 'client' ? client.nxt : server.nxt)
      if (closed.every(isIdle)) found.push(history(o, { client, server }, closed))
    }
  return distinct(found)
}

/** Nothing that it is seen to send lies beyond its FIN. */
const mayHaveClosed = (beginning: readonly Observation[], side: Side, nxt: Seq): boolean =>
  beginning.every((x) => x.from !== side || x.forged || x.seq === undefined || !before(nxt, add(x.seq, spaceOf(x))))

const history = (
  o: readonly Observation[],
  numbers: Readonly<Record<Side, Numbers>>,
  closed: readonly Side[],
): Observation[] => {
  const say = saying(o)
  const [client, server] = (['client', 'server'] as const).map((side) => {
    const { una, nxt, cuts } = numbers[side]
    const end = closed.includes(side) ? add(nxt, -1) : nxt
    return { una: before(end, una) ? end : una, nxt, end, cuts }
  }) as [Begun, Begun]
  const opened = [
    say('client', 'S', add(client.una, -1)),
    say('server', 'S.', add(server.una, -1), client.una),
    say('client', '.', client.una, server.una),
  ]
  const said = [...texts(say, 'client', client, server.una), ...texts(say, 'server', server, client.una)]
  return [...opened, ...said, ...withNumbers(o, { client: client.nxt, server: server.nxt })]
}

interface Begun extends Numbers {
  /** Where its text ends; its FIN stands there if that is not the next number. */
  readonly end: Seq
}

type Say = (from: Side, flags: Flags, seq: Seq, ack?: Seq, to?: Seq) => Observation

/** Its text until the capture began, cut where the other end is seen to acknowledge it, and perhaps its FIN. */
const texts = (say: Say, side: Side, { una, nxt, end, cuts }: Begun, ack: Seq): Observation[] => {
  const edges = [una, ...cuts.filter((cut) => before(una, cut) && before(cut, end)), end]
  const pieces = edges.slice(1).map((to, i) => say(side, '.', edges[i]!, ack, to))
  return [...pieces.filter(({ len }) => len > 0), ...(end === nxt ? [] : [say(side, 'F.', end, ack)])]
}

/** Makes packets that the capture does not show, at a time before it. */
const saying = (o: readonly Observation[]): Say => {
  const first = o[0]!
  const clocks = { client: clockOf(o, 'client'), server: clockOf(o, 'server') }
  return (from, flags, seq, ack, to = seq) => {
    const len = (to - seq + 2 ** 32) % 2 ** 32
    const segment: Segment = { flags, seq, len, ...(ack === undefined ? {} : { ack }) }
    const clock = clocks[from]
    return {
      packet: first.packet,
      from,
      inferred: true,
      ...segment,
      segment,
      ...(first.time === undefined ? {} : { time: first.time - BEFORE }),
      ...(clock === undefined ? {} : { clock }),
    }
  }
}

const clockOf = (o: readonly Observation[], side: Side): number | undefined =>
  o.find((x) => x.from === side && !x.forged && x.clock !== undefined)?.clock

const spaceOf = (o: Observation): number => o.len + (/[SF]/.test(o.flags) ? 1 : 0)

/** Pure ACKs of which no number is known stand where their end is; what repeats text from before was asked to. */
const withNumbers = (o: readonly Observation[], next: Readonly<Record<Side, Seq>>): Observation[] => {
  const sent = { ...next }
  return o.map((x): Observation => {
    const segment = x.seq === undefined ? { ...x.segment, seq: sent[x.from] } : x.segment
    if (x.forged || x.flags.includes('R')) return x
    sent[x.from] = later(sent[x.from], add(segment.seq, spaceOf(x)))
    const repeats = spaceOf(x) > 0 && !x.flags.includes('S') && !before(next[x.from], add(segment.seq, spaceOf(x)))
    return { ...x, segment, ...(repeats ? { analysis: { ...x.analysis, elicited: true as const } } : {}) }
  })
}

const distinct = (all: readonly Observation[][]): Observation[][] => {
  const seen = new Map(all.map((h) => [JSON.stringify(h.filter(({ inferred }) => inferred)), h]))
  return [...seen.values()]
}
