/** What people recommend against ghost connections, each as a change of the scenario's world. */
import type { CheckOptions, Verdict } from '../checker/index.ts'
import { ask } from './ask.ts'
import type { Overrides } from './scenario.ts'
import { ghostConnection } from './scenarios/ghostConnection.ts'

export interface Remedy {
  readonly name: string
  readonly words: string
  readonly overrides: Overrides
  /** The process accepts again and again: then the fair variants of L3 and L3' are the ones that count. */
  readonly accepts: boolean
}

export const remedies: readonly Remedy[] = [
  { name: 'none', words: 'as it is: the application may stop accepting', overrides: {}, accepts: false },
  { name: 'accept', words: 'an application that accepts again and again', overrides: {}, accepts: true },
  { name: 'backlog', words: 'a larger backlog (room for everyone: 3)', overrides: { backlog: 3 }, accepts: false },
  {
    name: 'abort',
    words: 'tcp_abort_on_overflow = 1',
    overrides: { sysctls: { tcp_abort_on_overflow: 1 } },
    accepts: false,
  },
  {
    name: 'rate',
    words: 'clients that limit their rate: one handshake at a time',
    overrides: { connectingAtOnce: 1 },
    accepts: false,
  },
  {
    name: 'reconnect',
    words: 'clients that connect again after a failure (and do nothing else, to keep the world small)',
    overrides: { connects: 2, plain: true },
    accepts: false,
  },
]

export interface RemedyRow {
  readonly remedy: Remedy
  readonly ghost: Verdict
  readonly l3: Verdict
  readonly l3weak: Verdict
  readonly l3weakest: Verdict
  readonly states: number
}

export const tryRemedy = (remedy: Remedy, options: CheckOptions = {}): RemedyRow => {
  const ids = remedy.accepts ? ['GHOST', 'L3-accept', "L3'-accept", "L3''-accept"] : ['GHOST', 'L3', "L3'", "L3''"]
  const { asked, report } = ask(ghostConnection, remedy.overrides, options, ids)
  const [ghost, l3, l3weak, l3weakest] = asked.map((a) => a.finding.verdict)
  return { remedy, ghost: ghost!, l3: l3!, l3weak: l3weak!, l3weakest: l3weakest!, states: report.states }
}
