/**
 * The inputs of one connection's server side: those of P. Fiterău-Broştean, R. Janssen, F. Vaandrager: Combining Model Learning and
 * Model Checking to Analyze TCP Implementations (CAV 2016). Segments are valid: their numbers are those that come next.
 */
import type { Flags } from '../../model/index.ts'

/**
 * The process has one listening socket, which `CLOSE` ends for good, and holds one connection at a time: the one that `ACCEPT` has
 * taken from the head of the queue. A call that makes no sense at the moment does nothing.
 */
export const calls = ['LISTEN', 'ACCEPT', 'RCV', 'CLOSECONNECTION', 'CLOSE'] as const

export type HostCall = (typeof calls)[number]

export const segments = {
  SYN: { flags: 'S', len: 0 },
  'SYN+ACK': { flags: 'S.', len: 0 },
  ACK: { flags: '.', len: 0 },
  DATA: { flags: '.', len: 1 },
  'FIN+ACK': { flags: 'F.', len: 0 },
  RST: { flags: 'R', len: 0 },
  'RST+ACK': { flags: 'R.', len: 0 },
} as const satisfies Readonly<Record<string, { readonly flags: Flags; readonly len: number }>>

export type SegmentName = keyof typeof segments

export const inputs: readonly (HostCall | SegmentName)[] = [...calls, ...(Object.keys(segments) as SegmentName[])]

export const isCall = (input: string): input is HostCall => (calls as readonly string[]).includes(input)

/** No segment is sent. */
export const SILENCE = '-'

/** Connections that wait for accept(): one more than this number. */
export const BACKLOG = 1
