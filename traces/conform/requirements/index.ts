/** All requirements, in the order in which they are told. */
import type { Requirement } from '../requirement.ts'
import { activeOpen } from './active-open.ts'
import { closed } from './closed.ts'
import { closing } from './closing.ts'
import { halfClosed } from './half-closed.ts'
import { intrusion } from './intrusion.ts'
import { opening } from './opening.ts'
import { options } from './options.ts'
import { timeWait } from './time-wait.ts'
import { timers } from './timers.ts'
import { validation } from './validation.ts'
import { windows } from './windows.ts'

export const requirements: readonly Requirement[] = [
  ...closed,
  ...opening,
  ...activeOpen,
  ...options,
  ...validation,
  ...intrusion,
  ...closing,
  ...halfClosed,
  ...timeWait,
  ...timers,
  ...windows,
]

/** What the suite does not ask of a stack, and why. */
export const leftOut: Readonly<Record<string, string>> = {
  'congestion control (of MUST-19, SHLD-8)': 'no part of connection management',
  'urgent text (MUST-30 to MUST-33, MUST-62, SHLD-13)': 'the same',
  'Nagle and silly windows (MUST-17, MUST-38, MUST-39, SHLD-7)': 'the same',
  'PUSH (MUST-60, MUST-61, MAY-15 to MAY-17, SHLD-27, SHLD-28)': 'the same',
  'calls and reports to the application (MUST-12, MUST-17, MUST-21, MUST-41 to MUST-49, SHLD-9)':
    'not to be seen from the wire',
  'keep-alive (MUST-24 to MUST-29, MAY-5, MAY-6, SHLD-12)': 'it begins after two hours at the earliest',
  'ICMP and IP options (MUST-50 to MUST-56, MAY-10, MAY-11, SHLD-23 to SHLD-26)': 'the suite sends TCP only',
  IPv6: 'the suite sends IPv4 only',
  'text without a timestamp where both SYNs had one (RFC 7323 §3.2, SHOULD be dropped)': 'the model takes it, too',
}
