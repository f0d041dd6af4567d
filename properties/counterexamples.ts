/** Properties that a version, a mode or a corner of a kernel breaks: where, why, and after how many steps at the earliest. */
import type { ProfileName } from '../model/index.ts'

export interface Broken {
  readonly property: string
  readonly scenario: string
  /** The kernel in which it is shown, where it is not the one that the scenario is written for. */
  readonly kernel?: ProfileName
  readonly because: string
  /** How long the shortest counterexample is. */
  readonly steps: number
  /** A kernel in which the same world keeps the property. */
  readonly keptBy?: ProfileName
}

export const brokenProperties: readonly Broken[] = [
  {
    property: 'Q9',
    scenario: 'systematic-ghost',
    because: 'to 4.9 a full accept queue drops a SYN only if more than one request is young',
    steps: 2,
    keptBy: 'linux-6.18',
  },
  {
    property: 'Q13',
    scenario: 'dead-backlog-0',
    because: 'from 4.4 to 6.12 the SYN queue is full when q ≥ B, which is true of an empty one with backlog 0',
    steps: 2,
    keptBy: 'linux-6.18',
  },
  {
    property: 'H8',
    scenario: 'inexact-reset',
    because: 'before 2026 a request believes any RST in its window',
    steps: 4,
    keptBy: 'linux-6.18',
  },
  {
    property: 'Q1',
    scenario: 'overfull-queue',
    because: 'since 4.4 the listener is not locked: two CPUs find the same room before either has taken it',
    steps: 10,
    keptBy: 'linux-3.10',
  },
  {
    property: "Q1'",
    scenario: 'overfull-queue',
    because: 'the same, as a step: the queue grows although it is full',
    steps: 10,
    keptBy: 'linux-3.10',
  },
  {
    property: 'Q1',
    scenario: 'lowered-backlog',
    because: 'listen() with a lower backlog evicts no connection',
    steps: 9,
  },
  {
    property: 'Q2',
    scenario: 'lowered-backlog',
    because: 'nor does it evict requests',
    steps: 5,
  },
  {
    property: 'Q7',
    scenario: 'SYN-ACK-with-text',
    because: 'a request forgives the SYN of a SYN+ACK with text, its child does not and waits in SYN_RECV',
    steps: 4,
  },
  {
    property: 'H1',
    scenario: 'cookie-skips-a-byte',
    because: 'the hash of a cookie takes in one of four MSS, so a number up to three too high passes',
    steps: 8,
    keptBy: 'rfc9293',
  },
  {
    property: 'H3',
    scenario: 'cookie-skips-a-byte',
    because: 'so the two ends do not count from the same number',
    steps: 8,
    keptBy: 'rfc9293',
  },
  {
    property: "DT1'",
    scenario: 'cookie-skips-a-byte',
    because: 'and text that was lost is never missed',
    steps: 8,
    keptBy: 'rfc9293',
  },
  {
    property: 'H6',
    scenario: 'defer-accept',
    because: 'TCP_DEFER_ACCEPT drops a bare third ACK although there is room',
    steps: 4,
  },
  {
    property: 'H9',
    scenario: 'SYN-at-FIN_WAIT2',
    because: 'FIN_WAIT2 without a process is a mini-socket, which a SYN in the window deletes',
    steps: 10,
    keptBy: 'rfc9293',
  },
  {
    property: 'L3',
    scenario: 'systematic-ghost',
    because: 'the ghost connection: the request expires, and the client is never told while it is silent',
    steps: 9,
  },
  {
    property: 'L4',
    scenario: 'systematic-ghost',
    because: 'a request that was acknowledged expires like any other',
    steps: 11,
  },
  {
    property: 'L13',
    scenario: 'reboot-into-the-window',
    because: 'a new SYN in the window of the old request deletes it with a RST, which refuses the client',
    steps: 8,
  },
  {
    property: 'L13',
    scenario: 'half-open-connection',
    kernel: 'linux-3.10',
    because: '3.10 drops a SYN without ACK in a synchronized state instead of challenging it',
    steps: 20,
    keptBy: 'linux-6.18',
  },
  {
    property: 'N4',
    scenario: 'opening-among-strangers',
    kernel: 'linux-6.1',
    because: 'before 6.10 CurrEstab leaves out CLOSE_WAIT',
    steps: 6,
    keptBy: 'linux-6.18',
  },
  {
    property: 'N8',
    scenario: 'opening-among-strangers',
    because: 'close() in SYN_SENT is no failure to Linux, though it is one to RFC 4022',
    steps: 2,
  },
  {
    property: 'C9',
    scenario: 'too-many-orphans',
    because: 'beyond tcp_max_orphans a RST follows the FIN, and the connection is gone',
    steps: 4,
  },
  {
    property: 'C12',
    scenario: 'RST-in-the-window',
    because: 'FIN_WAIT2 without a process is a mini-socket, which believes any RST in its window',
    steps: 10,
    keptBy: 'rfc9293',
  },
  {
    property: 'C13',
    scenario: 'RST-in-the-window',
    because: 'the same mini-socket answers a RST that is out of its window',
    steps: 10,
    keptBy: 'rfc9293',
  },
  {
    property: 'W5',
    scenario: 'no-room-for-TIME_WAIT',
    because: 'beyond tcp_max_tw_buckets no TIME_WAIT is made',
    steps: 10,
  },
  {
    property: 'W8',
    scenario: 'no-room-for-TIME_WAIT',
    because: 'so a FIN that comes again is answered with RST',
    steps: 10,
  },
  {
    property: 'W10',
    scenario: 'TIME_WAIT-lost-to-a-full-queue',
    because: 'TIME_WAIT is deleted before the listener is asked',
    steps: 17,
  },
  {
    property: 'W11',
    scenario: 'TIME_WAIT-taken-over-by-bind',
    because: 'for a port that the process has bound neither tcp_tw_reuse nor the age counts',
    steps: 8,
  },
  {
    property: 'TM2',
    scenario: 'user-timeout',
    because: 'the last timeout is cut short, so that TCP_USER_TIMEOUT ends on time',
    steps: 11,
  },
  {
    property: 'TM5',
    scenario: 'user-timeout',
    because: 'TCP_USER_TIMEOUT takes the place of the number of retries',
    steps: 14,
  },
  {
    property: 'TM7',
    scenario: 'FIN_WAIT2-longer-than-TIME_WAIT',
    because: 'of T > 60 s a full socket and a mini-socket each last T − 60 s',
    steps: 11,
  },
  {
    property: 'B4',
    scenario: 'another-SYN',
    because: 'a repeated SYN is answered, and starts the timer of its request anew',
    steps: 5,
  },
  {
    property: 'B5',
    scenario: 'FIN_WAIT2-after-close',
    kernel: 'rfc9293',
    because: 'RFC 9293 knows no end of FIN-WAIT-2',
    steps: 7,
    keptBy: 'linux-6.18',
  },
  {
    property: 'L9',
    scenario: 'FIN_WAIT2-after-close',
    kernel: 'rfc9293',
    because: 'and so it may last for ever',
    steps: 7,
    keptBy: 'linux-6.18',
  },
  {
    property: 'L11',
    scenario: 'TIME_WAIT-meets-segments',
    because: 'a forged FIN puts the two ends out of step: ACKs answer ACKs, and each restarts TIME_WAIT',
    steps: 11,
  },
  {
    property: 'L15',
    scenario: 'FIN_WAIT2-after-close',
    because: 'only the process can end CLOSE_WAIT',
    steps: 11,
  },
  {
    property: 'W7',
    scenario: 'old-duplicates-short-TIME_WAIT',
    because: 'half of 2 MSL is not enough: the old segment is as old as a segment may get',
    steps: 20,
  },
  {
    property: 'W7',
    scenario: 'old-duplicates-wrapped',
    because: 'and newer numbers do not help once they have come round',
    steps: 21,
  },
]
