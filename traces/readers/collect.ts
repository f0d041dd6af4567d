/** Gathers the packets of a binary capture and counts what was passed over. */
import type { Capture, Connection, Packet } from '../capture.ts'
import { byConversation, sizesOf } from './by-conversation.ts'
import { rememberEnd, storedConnections } from './connections.ts'
import { ReadError } from './error.ts'
import { Fragments } from './fragments.ts'
import { type Frame, intern, readFrame } from './frame.ts'
import { areMirrored } from './mirrored.ts'
import { PacketStore } from './store.ts'
import { Twins } from './twins.ts'

export interface Collector {
  /** Decodes the frame and keeps it, or counts why not. @throws ReadError E_TOO_LARGE */
  add(data: DataView, frame: Frame): void
  note(sentence: string): void
  /** The capture itself dropped so many packets. */
  dropped(packets: number): void
  /** What was gathered so far. */
  capture(): Capture
}

/** More do not fit into the memory that a process has without asking. */
const MOST_PACKETS = 8_000_000

export const collector = (file: string, format: 'pcap' | 'pcapng'): Collector => {
  const store = new PacketStore()
  const notes: string[] = []
  const skipped = new Map<string, number>()
  const endpoint = intern()
  const fragments = new Fragments()
  const twins = new Twins()
  const clock = clockOf()
  /** By conversation, the places of packets that were seen at the same place a moment before. */
  const copies = new Map<number, number[]>()
  const mirrored = new Set<number>()
  let cut = 0
  let dropped = 0
  const withoutMirrored = (): void => {
    if (copies.size === 0) return
    const sizes = sizesOf(store)
    for (const [conversation, again] of copies)
      if (areMirrored(again.length, sizes[conversation]!)) for (const place of again) mirrored.add(place)
    copies.clear()
  }
  const grouped = (): Connection[] => {
    withoutMirrored()
    const all = byConversation(store, mirrored)
    const connections = storedConnections(all, (place) => store.at(place))
    let until = Number.NEGATIVE_INFINITY
    for (const end of all.ends) until = Math.max(until, store.timeAt(all.places[end - 1]!) ?? until)
    rememberEnd(connections, until)
    return connections
  }
  const capture = (): Capture => {
    const connections = grouped()
    return {
      ...told(),
      connections,
      file,
      format,
      get packets() {
        return mirrored.size === 0 ? store.all : store.all.filter((_, place) => !mirrored.has(place))
      },
    }
  }
  const told = (): Pick<Capture, 'dropped' | 'notes'> => ({
    ...(dropped > 0 ? { dropped } : {}),
    notes: [
      ...notes,
      ...(dropped > 0 ? [`the capture itself dropped ${dropped} packets: what is missing may have been sent`] : []),
      ...(mirrored.size > 0
        ? [`${frames(mirrored.size)} skipped: captured twice at one place, as a mirror port shows them`]
        : []),
      ...[...skipped].map(([reason, n]) => `${frames(n)} skipped: ${reason}`),
      ...(fragments.incomplete > 0 ? [`pieces of ${datagrams(fragments.incomplete)} are missing`] : []),
      ...(cut > 0 ? [`${frames(cut)} cut inside the TCP header: options may be missing`] : []),
      ...clock.notes(),
      ...(store.length === 0 ? ['no TCP packet in this capture'] : []),
    ],
  })
  return {
    add(data, frame) {
      const twin = twins.twinOf(data, frame)
      const packet = twin === 'elsewhere' ? 'captured twice' : readFrame(data, frame, endpoint, fragments)
      if (packet === 'a piece of a datagram') return
      if (typeof packet === 'string') {
        skipped.set(packet, (skipped.get(packet) ?? 0) + 1)
        return
      }
      if (store.length >= MOST_PACKETS) throw tooMany(file, capture())
      const conversation = store.add(packet)
      if (twin === 'here') copies.set(conversation, [...(copies.get(conversation) ?? []), store.length - 1])
      clock.read(packet)
      if (packet.truncated) cut += 1
    },
    note: (sentence) => void notes.push(sentence),
    dropped: (n) => {
      dropped += n
    },
    capture,
  }
}

/** Remembers where the clock of the capture goes back. */
const clockOf = () => {
  let latest = Number.NEGATIVE_INFINITY
  let backwards = 0
  let most = { by: 0, packet: 0 }
  return {
    read({ time, number }: Packet): void {
      if (time === undefined) return
      if (time < latest) {
        backwards += 1
        if (latest - time > most.by) most = { by: latest - time, packet: number }
      } else latest = time
    },
    notes: (): string[] =>
      backwards === 0
        ? []
        : [
            `the clock goes back before ${frames(backwards)}, most before packet ${most.packet}: by ${seconds(most.by)}`,
          ],
  }
}

const seconds = (s: number): string => (s < 1 ? `${(s * 1000).toPrecision(2)} ms` : `${s.toPrecision(3)} s`)

const tooMany = (file: string, partial: Capture): ReadError => {
  const cause = `holds more than ${MOST_PACKETS} packets of TCP`
  const remedy = 'cut it: editcap -c 1000000 in out'
  return new ReadError({ code: 'E_TOO_LARGE', place: file, cause, remedy, partial })
}

const frames = (n: number): string => (n === 1 ? '1 frame' : `${n} frames`)
const datagrams = (n: number): string => (n === 1 ? '1 fragmented datagram' : `${n} fragmented datagrams`)
