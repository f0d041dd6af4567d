/**
 * Several CPUs: one finds room in the accept queue, and before it has put its child there, others find the same room.
 * linux: tcp_v4_syn_recv_sock asks sk_acceptq_is_full, inet_csk_reqsk_queue_add does not ask again
 */

import type { Server } from '../listener/object.ts'
import { arrive } from '../listener/server.ts'
import type { Answer, Question } from '../listener/types.ts'
import { askListener, issOf, putInto, serverOutcome } from './links.ts'
import type { Outcome, Rule } from './rule.ts'
import type { Setting } from './setting.ts'

export const races = ({ smp, serverStack }: Setting): boolean =>
  smp === true && serverStack.dialect.promotion === 'lockless'

/** The first half of a promotion. */
export const inHalves = (question: Question): Question =>
  question.ask === 'promote' ? { ask: 'room', young: question.young } : question

/** A CPU is between the two halves: further segments of the same connection wait for it. */
export const isPromoting = ({ object }: Server): boolean => object.kind === 'request' && object.promoting !== undefined

/** The second half. */
export const enqueue = (kinds: readonly string[], setting: Setting): Rule => ({
  name: 'enqueue',
  kinds,
  actor: 'server',
  source: 'linux: inet_csk_complete_hashdance, inet_csk_reqsk_queue_add',
  fairness: 'weak',
  links: [
    {
      part: 'server',
      step: (server: Server): Outcome[] => {
        const { object } = server
        if (object.kind !== 'request' || object.promoting === undefined) return []
        return [{ state: server, label: { question: { ask: 'enqueue', young: object.timer.n === 0 } } }]
      },
    },
    askListener(setting),
    {
      part: 'server',
      step: (server: Server, { answer }: { answer: Answer }): Outcome[] => {
        const { object } = server
        if (object.kind !== 'request' || object.promoting === undefined) return []
        const { promoting: segment, ...request } = object
        const before = { ...server, object: request }
        const r = arrive(before, segment, answer, issOf('server', server.made, setting), setting.serverStack)
        return [serverOutcome(before, r, setting, segment)]
      },
    },
    putInto('down', setting),
  ],
})
