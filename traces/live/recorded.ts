/** A frame as the files of a recording tell it. */
import type { Capture, Packet } from '../capture.ts'
import type { HostName, WireLine } from '../conformance/folder.ts'
import type { Framed } from './frame.ts'
import { ADDRESS, other } from './network.ts'

const flagsOf = ({ segment }: Framed): string => segment.flags.replace('.', 'A')

export const wireLine = (from: HostName, framed: Framed, at: number, lost: boolean): WireLine => {
  const { sourcePort, destinationPort, segment: s } = framed
  const t = s.options?.timestamp
  return {
    at,
    from,
    sourcePort,
    destinationPort,
    flags: flagsOf(framed),
    seq: s.seq,
    ack: s.ack ?? 0,
    len: s.len,
    ...(t && { timestamp: { val: t.val, echo: t.echo ?? 0 } }),
    lost,
  }
}

/** `at`: ms since 1970. */
export const packetOf = (
  from: HostName,
  { sourcePort, destinationPort, segment: s, sack: blocks }: Framed,
  at: number,
): Packet => {
  const { mss, windowScale, sack, timestamp } = s.options ?? {}
  return {
    number: 0,
    time: at / 1000,
    source: { address: ADDRESS[from], port: sourcePort },
    destination: { address: ADDRESS[other(from)], port: destinationPort },
    flags: s.flags,
    sequence: s.seq,
    ...(s.ack === undefined ? {} : { acknowledgment: s.ack }),
    length: s.len,
    options: {
      ...(mss === undefined ? {} : { mss }),
      ...(windowScale === undefined ? {} : { windowScale }),
      ...(sack ? { sackPermitted: true as const } : {}),
      ...(blocks && { sack: blocks }),
      ...(timestamp ? { timestamp: { value: timestamp.val, echo: timestamp.echo ?? 0 } } : {}),
    },
  }
}

/** What the wire itself has put there: the arguments of its call. */
export const injection = (from: HostName, framed: Framed): Readonly<Record<string, unknown>> => {
  const { sourcePort, destinationPort, segment: s } = framed
  return {
    dir: from === 'client' ? 'c2s' : 's2c',
    sp: sourcePort,
    dp: destinationPort,
    flags: flagsOf(framed),
    seq: s.seq,
    ack: s.ack ?? 0,
    len: s.len,
  }
}

export const captureOf = (packets: readonly Packet[]): Capture => ({
  file: '',
  format: 'pcap',
  packets: packets.map((p, i) => ({ ...p, number: i + 1 })),
  connections: [],
  notes: [],
})
