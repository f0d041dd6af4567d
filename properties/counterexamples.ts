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
]
