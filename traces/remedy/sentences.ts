/** What a remedy would have done, in sentences. */
import type { Replayed } from '../replay/index.ts'
import type { Clock } from './clock.ts'
import type { ClientOutcome, Spared } from './outcome.ts'
import type { Remedy } from './remedy.ts'
import type { Changed } from './whatIf.ts'

/** Why nothing would change. */
export const nothingText = (remedy: Remedy): string => `nothing would change: ${whyNothing(remedy)}`

const whyNothing = (remedy: Remedy): string => {
  if (remedy.kind === 'retries') return `no request here repeats its SYN+ACK more than ${times(remedy.most)}`
  const full = 'here is best explained by a full accept queue'
  if (remedy.kind !== 'abort') return `no packet ${full}`
  return `no ACK ${full} that has not been answered by RST already, and a SYN that finds it full is dropped with this setting, too`
}

interface Told {
  readonly r: Replayed
  readonly clock: Clock
  /** The model did not come to rest. */
  readonly cut: boolean
}

export const sentencesOf = (remedy: Remedy, c: Changed, told: Told): string[] => [
  `${first(remedy, c, told)}${clientText(c, told)}`,
  sparedText(c.spared),
  `in the end the client would be ${c.client.state}, the server ${c.server.state}${insteadText(c)}`,
  ...(told.cut ? ['there the model is not at rest: it was followed no further'] : []),
  ...(told.clock.told ? [] : [NO_TIMES]),
]

const NO_TIMES = 'the capture has no times: each end is taken to hear what is on its way before it speaks again'

const first = (remedy: Remedy, { from, at, server }: Changed, { r }: Told): string => {
  const when = at === undefined ? '' : ` (at ${at.toFixed(1)} s)`
  if (remedy.kind === 'abort') return `the server would answer packet ${from}${when} with RST and forget the request`
  if (remedy.kind === 'retries')
    return `the server would give the request up instead of sending packet ${from}${when}, and answer whatever comes afterwards with RST`
  const room = remedy.kind === 'accept' ? 'with one more accept() before it' : 'with room in the accept queue'
  const text = server.received === 0 ? '' : `, and take the ${bytes(server.received)} that come`
  const isSyn = r.observations.some((o) => o.packet === from && o.flags === 'S')
  return `${room}, the server would ${isSyn ? 'admit the SYN of' : 'honour'} packet ${from}${when}, become ESTABLISHED${text}`
}

const clientText = (c: Changed, told: Told): string => {
  const { gets, written, acknowledged, at } = c.client
  const when = at === undefined ? '' : ` at ${at.toFixed(1)} s`
  const reset = resetOf(told.r)
  if (gets !== undefined) {
    const lost = written > acknowledged ? ` for the ${bytes(written - acknowledged)} it has written` : ''
    return `; the client would get ${gets}${when}${lost}${insteadOf(c, told)}`
  }
  const spared = reset !== undefined && c.spared.packets.includes(reset.packet)
  const not = spared ? `, and not be reset by packet ${reset.packet}` : ''
  if (written === 0) return spared ? `; the client would not be reset by packet ${reset.packet}` : ''
  const all =
    acknowledged === written
      ? written === 1
        ? 'its byte'
        : `all its ${bytes(written)}`
      : `${acknowledged} of its ${bytes(written)}`
  return `; the client would have ${all} acknowledged${when}${not}`
}

const resetOf = ({ observations }: Replayed) =>
  observations.find((x) => x.from === 'server' && x.flags.includes('R') && !x.forged)

/** Seconds that count as a difference. */
const LEAST = 0.05

/** What the client gets in the capture, and how much later. */
const insteadOf = (c: Changed, { r, clock }: Told): string => {
  const reset = resetOf(r)
  if (reset === undefined)
    return r.lastBelief()!.client.includes('CLOSED') ? '' : '; in the capture it gets none as long as that lasts'
  const comes = clock.seconds(clock.passes(r.observations.indexOf(reset)) + clock.to('client'))
  if (c.client.at === undefined || comes === undefined) return `; in the capture packet ${reset.packet} resets it`
  const gain = comes - c.client.at
  return Math.abs(gain) < LEAST
    ? `, as by packet ${reset.packet} of the capture`
    : `, ${Math.abs(gain).toFixed(1)} s ${gain > 0 ? 'earlier' : 'later'} than by packet ${reset.packet} of the capture`
}

const sparedText = ({ packets, ...kinds }: Spared): string => {
  if (packets.length === 0) return 'every packet of the capture would be sent all the same'
  const names = {
    synAcks: 'SYN+ACK',
    repetitions: 'retransmission',
    acks: 'bare ACK',
    resets: 'RST',
    others: 'other',
  } as const
  const parts = Object.entries(names).flatMap(([kind, name]) => {
    const n = kinds[kind as keyof typeof names]
    return n === 0
      ? []
      : [`${n} ${name}${n > 1 && name !== 'other' ? 's' : ''}${kind === 'synAcks' ? ' of the server' : ''}`]
  })
  const these = packets.length === 1 ? `packet ${packets[0]}` : `${packets.length} packets of the capture`
  return `${these} would not exist: ${listed(parts)}`
}

const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`

const insteadText = ({ client, server, instead }: Changed): string =>
  instead.client === client.state && instead.server === server.state
    ? ', as in the capture'
    : `; in the capture they are ${instead.client} and ${instead.server}`

/** What the remedy does not do. */
export const doesNot = (remedy: Remedy, client: ClientOutcome): string => {
  if (remedy.kind === 'abort')
    return 'it makes an error of a ghost and serves no client: the queue stays full, and a SYN that finds it full is still dropped without a word'
  if (remedy.kind === 'retries')
    return 'it only shortens the life of a ghost: no client is served, and a client that sends nothing learns nothing'
  if (remedy.kind === 'accept')
    return 'it helps for as long as accept() keeps up with the clients that come; what the application then says, no packet tells'
  const unread =
    client.acknowledged > 0 ? 'what is acknowledged is not read before accept() returns the connection; ' : ''
  return `${unread}a larger backlog only moves the limit: if accept() stays slow, the larger queue fills, and the next client is a ghost again`
}

const bytes = (n: number): string => (n === 1 ? '1 byte' : `${n} bytes`)
const times = (n: number): string => (n === 1 ? 'once' : n === 2 ? 'twice' : `${n} times`)
