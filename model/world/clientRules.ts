/** What a client does and suffers: it connects, calls, its timer fires, segments arrive. */
import type { Segment } from '../segment.ts'
import { receive } from '../socket/receive.ts'
import { type Ending, isClosed, isTimeWait, type TimeWait } from '../socket/socket.ts'
import { connect } from '../socket/synSent.ts'
import { fire, timeLeft } from '../socket/time.ts'
import { issAfter, mayReuse } from '../socket/timeWait.ts'
import { backedOff, isFailure } from './backoff.ts'
import { stackOf } from './clientStack.ts'
import { clientOutcome, issOf, payFrom, putInto, takeFrom } from './links.ts'
import type { Client } from './parts.ts'
import { perform } from './process.ts'
import { leaveRate, limitRate } from './rate.ts'
import type { Link, Outcome, Rule } from './rule.ts'
import type { ClientBehaviour, Setting } from './setting.ts'

/** connect(): RFC 9293 §3.10.1 active OPEN */
export const connectRule = (kind: string, b: ClientBehaviour, setting: Setting): Rule => ({
  name: `${kind} connect`,
  kinds: [kind],
  actor: 'client',
  source: 'RFC 9293 §3.10.1 · linux: tcp_v4_connect',
  fairness: 'none',
  links: [
    {
      part: 'client',
      step: (c: Client): Outcome[] => {
        if (c.connects >= b.connects || c.pause !== undefined) return []
        const over = reusable(c, b, setting)
        if (over === undefined && !(isClosed(c.socket) && mayConnect(c, c.socket.because, b))) return []
        const iss = over === undefined ? issOf('client', c.connects, setting) : issAfter(over)
        const { iss: _, ...before } = c
        const again = { ...before, connects: c.connects + 1, ...(over && { iss }) }
        return [clientOutcome(again, connect(iss, stackOf(c, setting), over), setting)]
      },
    },
    ...limitRate(setting),
    putInto('up', setting),
  ],
})

/** The TIME_WAIT that connect() may take over. */
const reusable = (c: Client, b: ClientBehaviour, setting: Setting): TimeWait | undefined =>
  b.again === 'over TIME_WAIT' && isTimeWait(c.socket) && mayReuse(c.socket, stackOf(c, setting), b.binds === true)
    ? c.socket
    : undefined

/** For the first time, or again: where that takes a TIME_WAIT, also after an attempt that came after one and failed. */
const mayConnect = (c: Client, because: Ending, b: ClientBehaviour): boolean =>
  because === 'never opened' ||
  b.again !== 'after TIME_WAIT' ||
  because === 'TIME_WAIT over' ||
  (c.connects > 1 && isFailure(because))

export const opened = (before: Client, outcome: Outcome): Outcome =>
  before.socket.state === 'SYN_SENT' && outcome.state.socket.state !== 'SYN_SENT'
    ? { ...outcome, state: backedOff(outcome.state), label: { ...outcome.label, opened: true } }
    : outcome

const clientLink = (step: (c: Client, segment?: Segment) => Outcome[]): Link => ({
  part: 'client',
  step: (c: Client, label?: { segment?: Segment; spend?: string }) =>
    step(c, label?.segment).map((o) => {
      const out = opened(c, o)
      return label?.spend === undefined ? out : { ...out, label: { ...out.label, spend: label.spend } }
    }),
})

export const clientCalls = (kind: string, b: ClientBehaviour, setting: Setting): Rule[] =>
  b.calls.map((call) => ({
    name: `${kind} ${call}`,
    kinds: [kind],
    actor: 'client',
    source: 'RFC 9293 §3.9.1',
    fairness: 'none',
    links: [
      clientLink((c) => {
        const r = perform(call, c.socket, b, c.iss ?? issOf('client', c.connects - 1, setting), stackOf(c, setting))
        return r ? [clientOutcome(c, r, setting)] : []
      }),
      ...leaveRate(setting),
      putInto('up', setting),
    ],
  }))

export const clientTimer = (kinds: readonly string[], setting: Setting): Rule => ({
  name: 'client timer',
  kinds,
  actor: 'client',
  source: 'RFC 6298 §5 · linux: tcp_retransmit_timer',
  fairness: 'weak',
  links: [
    clientLink((c) =>
      timeLeft(c.socket) === 0 ? [clientOutcome(c, fire(c.socket, stackOf(c, setting)), setting)] : [],
    ),
    ...leaveRate(setting),
    putInto('up', setting),
  ],
})

export const deliverToClient = (kinds: readonly string[], setting: Setting): Rule => ({
  name: 'deliver to client',
  kinds,
  actor: 'wire',
  source: 'RFC 9293 §3.10.7',
  fairness: 'weak',
  links: [
    takeFrom('down', setting),
    clientLink((c, s) => (s ? [clientOutcome(c, receive(c.socket, s, stackOf(c, setting)), setting, s)] : [])),
    payFrom,
    ...leaveRate(setting),
    putInto('up', setting),
  ],
})
