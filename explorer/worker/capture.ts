/** A capture: read, replayed connection by connection, and asked about. It may be hostile: nothing of it is trusted but as text. */
import {
  type Capture,
  type Connection,
  diagnoseCapture,
  fromClient,
  type Packet,
  ReadError,
  readCapture,
  readRemedy,
  replay,
} from '../../traces/index.ts'
import type { ConnectionSummary, ReplayedOne, ShownPacket } from '../state/replayed.ts'
import type { Answering } from './main.ts'

let held: Capture | undefined

/** Packets of one connection that are sent to the page. */
const SHOWN = 2000

/** Connections that are replayed: of a million, each with its hypotheses, a browser has no room. */
const MOST_REPLAYED = 50_000

const captureOf = (): Capture => {
  if (held === undefined) throw new Error('no capture is open')
  return held
}

const read = (bytes: Uint8Array, name: string): Capture => {
  try {
    return readCapture(bytes, name)
  } catch (error) {
    // What was read until there is shown; the error, if nothing was.
    if (error instanceof ReadError && error.partial && error.partial.packets.length > 0)
      return { ...error.partial, notes: [...error.partial.notes, error.message] }
    throw error
  }
}

const summary = (index: number, r: ReturnType<typeof replay>['connections'][number]): ConnectionSummary => ({
  index,
  client: r.client,
  server: r.server,
  packets: r.packets,
  verdict: r.verdict,
  diagnoses: r.diagnoses.map(({ id }) => id),
})

export const captureCalls = {
  replay({ bytes, name }, tell) {
    const whole = read(bytes, name)
    const packets = whole.packets.length
    // Floods and scans are judged over all connections of the capture, replayed or not.
    const diagnoses = diagnoseCapture(whole).map(({ id, words }) => ({ id, words }))
    const left = Math.max(0, whole.connections.length - MOST_REPLAYED)
    const capture = left === 0 ? whole : { ...whole, connections: whole.connections.slice(0, MOST_REPLAYED) }
    held = capture
    tell({ done: 0, of: capture.connections.length })
    let told = performance.now()
    const report = replay(capture, {
      onConnection(done, of) {
        if (performance.now() - told < 200) return
        told = performance.now()
        tell({ done, of })
      },
    })
    return {
      name,
      packets: left === 0 ? report.packets : packets,
      verdict: report.verdict,
      notes: report.notes,
      connections: report.connections.map((r, i) => summary(i, r)),
      left,
      diagnoses,
    }
  },
  connection: ({ index }): ReplayedOne => {
    const capture = captureOf()
    const connection = capture.connections[index]
    if (connection === undefined) throw new RangeError(`the capture has no connection ${index}`)
    const [r] = replay(capture, { stream: connection.id }).connections
    const shown = connection.packets.slice(0, SHOWN)
    const base = { client: firstOf(connection, true), server: firstOf(connection, false) }
    return {
      ...summary(index, r!),
      ...(r!.reason !== undefined && { reason: r!.reason }),
      ...(r!.divergence && { divergence: r!.divergence }),
      timeline: r!.timeline().slice(0, SHOWN),
      shown: shown.map((packet) => shownPacket(packet, fromClient(connection, packet), shown[0]!, base)),
      base,
      more: connection.packets.length - shown.length,
      found: r!.diagnoses,
      invents: r!.invents,
      supposes: r!.supposes ?? [],
      fits: r!.fits,
    }
  },
  whatIf({ index, remedy }) {
    const capture = captureOf()
    const stream = capture.connections[index]?.id
    if (stream === undefined) throw new RangeError(`the capture has no connection ${index}`)
    const read = readRemedy(remedy)
    if (read === undefined) throw new RangeError(`${remedy} is no remedy`)
    const [r] = replay(capture, { stream, remedy: read }).connections
    return { sentences: r?.whatIf?.sentences ?? [] }
  },
} satisfies Partial<Answering>

/** Where the numbers of an end begin, for numbers that people can compare: at its first packet. */
const firstOf = (connection: Connection, isClient: boolean): number =>
  connection.packets.find((p) => fromClient(connection, p) === isClient && p.sequence !== undefined)?.sequence ?? 0

const shownPacket = (
  p: Packet,
  isClient: boolean,
  first: Packet,
  base: { client: number; server: number },
): ShownPacket => {
  const relative = (n: number, end: 'client' | 'server') => (n - base[end] + 2 ** 32) % 2 ** 32
  const [own, peer] = isClient ? (['client', 'server'] as const) : (['server', 'client'] as const)
  const from = p.sequence === undefined ? undefined : relative(p.sequence, own)
  const numbers = [
    from === undefined ? '' : p.length > 0 ? ` seq ${from}:${from + p.length}` : ` seq ${from}`,
    p.acknowledgment === undefined ? '' : ` ack ${relative(p.acknowledgment, peer)}`,
    p.length > 0 ? ` length ${p.length}` : '',
  ]
  return {
    number: p.number,
    ...(p.time !== undefined && first.time !== undefined && { time: p.time - first.time }),
    from: own,
    text: `[${p.flags}]${numbers.join('')}`,
  }
}
