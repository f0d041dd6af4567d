/** Counterexamples that have a name, found by search in the model and taken to this kernel. */
import { check } from '../../checker/index.ts'
import { type Dialect, modelOf, type ProfileName } from '../../model/index.ts'
import { namesOf, properties, scenarioNamed, settingOf } from '../../properties/index.ts'
import { inDialect, profileOf } from './kernel.ts'
import type { PathOf } from './path/index.ts'

export interface Named {
  readonly name: string
  readonly scenario: string
  /** What the path reaches or violates. */
  readonly property: string
  /** The kernel that does it, where it is not the newest. */
  readonly kernel?: ProfileName
  /** By which of its rules: a stable kernel may have taken another since. */
  readonly rule?: keyof Dialect
}

export const named: readonly Named[] = [
  { name: 'the ghost connection', scenario: 'ghost-connection', property: 'GHOST' },
  { name: 'a ghost that recovers', scenario: 'recovered-ghost', property: 'ghost-recovers' },
  { name: 'a ghost that is forgotten', scenario: 'exhausted-ghost', property: 'ghost-forgotten' },
  { name: 'RST of tcp_abort_on_overflow', scenario: 'abort-on-overflow', property: 'reset-at-promotion' },
  { name: 'backlog + 1', scenario: 'accept-queue', property: 'FULL' },
  { name: 'listen(0) takes one', scenario: 'accept-queue-backlog-0', property: 'FULL' },
  { name: 'the dropped SYN', scenario: 'accept-queue', property: 'SYN-dropped' },
  { name: 'the cookie ghost', scenario: 'cookie-ghost', property: 'cookie-ghost' },
  { name: 'the pruned ghost', scenario: 'pruned-ghost', property: 'ghost-pruned' },
  { name: 'RST to a child in the queue', scenario: 'reset-in-the-queue', property: 'dead-in-the-queue' },
  { name: 'another SYN on a request', scenario: 'half-open-connection', property: 'meets-own-request' },
  { name: 'a new SYN in the window kills the request', scenario: 'reboot-into-the-window', property: 'L13' },
  { name: 'text after close()', scenario: 'text-after-close', property: 'in-CLOSE_WAIT' },
  { name: 'acknowledged text that is lost', scenario: 'text-after-close', property: 'DT10' },
  { name: 'half-open after a reboot', scenario: 'half-open-connection', property: 'reincarnated' },
  { name: 'TIME_WAIT assassination', scenario: 'time-wait', property: 'assassinated' },
  { name: 'TIME_WAIT reopened by a SYN', scenario: 'time-wait', property: 'reopened' },
  { name: 'a SYN ends FIN_WAIT2', scenario: 'SYN-at-FIN_WAIT2', property: 'H9' },
  { name: 'a child in SYN_RECV', scenario: 'SYN-ACK-with-text', property: 'Q7' },
  { name: 'a lowered backlog evicts nothing', scenario: 'lowered-backlog', property: 'Q1' },
  { name: 'a cookie that skips a byte', scenario: 'cookie-skips-a-byte', property: 'H1' },
  { name: 'the ghost without a race', scenario: 'systematic-ghost', property: 'GHOST', kernel: 'linux-4.9' },
  {
    name: 'listen(0) takes nothing',
    scenario: 'dead-backlog-0',
    property: 'refused-by-full-SYN-queue',
    kernel: 'linux-6.1',
    rule: 'synQueueFull',
  },
  { name: 'any RST in the window kills a request', scenario: 'inexact-reset', property: 'H8', kernel: 'linux-6.1' },
  { name: 'backlog + 2 on two CPUs', scenario: 'overfull-queue', property: 'Q1' },
]

/**
 * The shortest path to what it names, under the kernel that the counterexample is about, or under `on` where it is about any;
 * undefined where there is none. @throws Error for what is no property
 */
export const pathOf = ({ name, scenario, property, kernel }: Named, on = profileOf(NEWEST)): PathOf | undefined => {
  const isNewest = on.name === profileOf(NEWEST).name
  const of = kernel ?? (isNewest ? undefined : on.name)
  const plain = settingOf(scenarioNamed(scenario)!, of ? { kernel: of } : {})
  const setting = kernel === undefined && !isNewest ? inDialect(plain, on.dialect) : plain
  const question = properties.find((p) => namesOf(p).includes(property))
  if (question === undefined) throw new Error(`${name}: ${property} is no property`)
  const path = check(modelOf(setting), [question.ask(setting)]).findings[0]?.path
  return path && { name, setting, path }
}

const NEWEST = { release: '6.18' }
