/** What the statements of a script say. */
import type { TcpOptions } from '../../capture.ts'

export interface Time {
  /** Seconds since the start, or since the statement before. */
  readonly at: number
  readonly relative: boolean
  /** When a call that blocks returns, counted as `at` is. */
  readonly until?: number
}

export interface ParsedSegment {
  readonly kind: 'segment'
  readonly time: Time
  readonly direction: 'in' | 'out'
  readonly flags: string
  readonly seq: number
  readonly len: number
  readonly ack?: number
  readonly window?: number
  /** Absent where the script leaves them open (`<...>`), or has none. */
  readonly options?: TcpOptions
  readonly unread?: string
}

export interface ParsedCall {
  readonly kind: 'call'
  readonly time: Time
  readonly name: string
  readonly args: readonly string[]
  readonly result?: number
  readonly errno?: string
}

export type Parsed =
  | ParsedSegment
  | ParsedCall
  | { readonly kind: 'shell'; readonly command: string; readonly time?: Time }
  | { readonly kind: 'other'; readonly what: string; readonly time?: Time }
