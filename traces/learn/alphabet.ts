/**
 * The inputs of one connection's server side. Those of the study: P. Fiterău-Broştean, R. Janssen, F. Vaandrager: Combining Model
 * Learning and Model Checking to Analyze TCP Implementations (CAV 2016). Its segments are valid: their numbers are those that come next.
 */
import type { Flags } from '../../model/index.ts'

/**
 * The process has one listening socket, which `CLOSE` ends for good, and holds one connection at a time: the one that `ACCEPT` has
 * taken from the head of the queue. A call that makes no sense at the moment does nothing.
 */
const studied = ['LISTEN', 'ACCEPT', 'RCV', 'CLOSECONNECTION', 'CLOSE'] as const
const more = ['SHUTDOWN', 'ABORT'] as const
const calls = [...studied, ...more]

export type HostCall = (typeof calls)[number]

export interface Shape {
  readonly flags: Flags
  readonly len: number
  /** How far the numbers are from those that come next. */
  readonly seq?: number
  readonly ack?: number
}

const valid = {
  SYN: { flags: 'S', len: 0 },
  'SYN+ACK': { flags: 'S.', len: 0 },
  ACK: { flags: '.', len: 0 },
  DATA: { flags: '.', len: 1 },
  'FIN+ACK': { flags: 'F.', len: 0 },
  RST: { flags: 'R', len: 0 },
  'RST+ACK': { flags: 'R.', len: 0 },
} as const satisfies Readonly<Record<string, Shape>>

/** Farther ahead than any window. */
const FAR = 200_000

const invalid = {
  'NEW-SYN': { flags: 'S', len: 0, seq: FAR },
  'RST-IN-WINDOW': { flags: 'R', len: 0, seq: 1 },
  'ACK-OF-UNSENT': { flags: '.', len: 0, ack: 1 },
  'OLD-ACK': { flags: '.', len: 0, ack: -1 },
  'OLD-DATA': { flags: '.', len: 1, seq: -1 },
  'DATA-BEYOND-WINDOW': { flags: '.', len: 1, seq: FAR },
} as const satisfies Readonly<Record<string, Shape>>

export const segments = { ...valid, ...invalid } as const

export type SegmentName = keyof typeof segments

export interface Alphabet {
  readonly inputs: readonly string[]
  /** Those of the inputs that are calls. */
  readonly calls: readonly string[]
}

/** Every input of the study; and these with further calls and with segments that are not valid. */
export const alphabets = {
  study: { inputs: [...studied, ...Object.keys(valid)], calls: studied },
  wide: { inputs: [...calls, ...Object.keys(segments)], calls },
} as const satisfies Readonly<Record<string, Alphabet>>

export type AlphabetName = keyof typeof alphabets

export const isCall = (input: string): input is HostCall => (calls as readonly string[]).includes(input)

/** No segment is sent. */
export const SILENCE = '-'

/** Connections that wait for accept(): one more than this number. */
export const BACKLOG = 1
