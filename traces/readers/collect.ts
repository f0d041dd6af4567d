/** Gathers the packets of a binary capture and counts what was passed over. */
import type { Capture, Packet } from '../capture.ts'
import { connectionsOf } from './connections.ts'
import { type Frame, intern, readFrame } from './frame.ts'

export interface Collector {
  /** Decodes the frame and keeps it, or counts why not. */
  add(frame: Frame): void
  note(sentence: string): void
  /** What was gathered so far. */
  capture(): Capture
}

export const collector = (file: string, format: 'pcap' | 'pcapng', data: DataView): Collector => {
  const packets: Packet[] = []
  const notes: string[] = []
  const skipped = new Map<string, number>()
  const endpoint = intern()
  let cut = 0
  return {
    add(frame) {
      const packet = readFrame(data, frame, endpoint)
      if (typeof packet === 'string') skipped.set(packet, (skipped.get(packet) ?? 0) + 1)
      else {
        packets.push(packet)
        if (packet.truncated) cut += 1
      }
    },
    note: (sentence) => void notes.push(sentence),
    capture: () => ({
      file,
      format,
      packets,
      connections: connectionsOf(packets),
      notes: [
        ...notes,
        ...[...skipped].map(([reason, n]) => `${frames(n)} skipped: ${reason}`),
        ...(cut > 0 ? [`${frames(cut)} cut inside the TCP header: options may be missing`] : []),
        ...(packets.length === 0 ? ['no TCP packet in this capture'] : []),
      ],
    }),
  }
}

const frames = (n: number): string => (n === 1 ? '1 frame' : `${n} frames`)
