/** Routers that say that a segment could not be delivered. */
import { type Icmp, icmpNotation } from '../icmp.ts'
import { icmpArrives, questionOfIcmp } from '../listener/icmp.ts'
import type { Server } from '../listener/object.ts'
import { icmpAtSocket } from '../socket/icmp.ts'
import { opened } from './clientRules.ts'
import { askListener, clientOutcome, payFrom, serverOutcome } from './links.ts'
import type { Client } from './parts.ts'
import { leaveRate } from './rate.ts'
import type { Outcome, Rule } from './rule.ts'
import type { Setting } from './setting.ts'

const rule = (end: 'client' | 'server', kinds: readonly string[], links: Rule['links']): Rule => ({
  name: `ICMP to ${end}`,
  kinds,
  actor: 'wire',
  source: 'RFC 792 · linux: tcp_v4_err',
  fairness: 'none',
  links,
})

const paid = (o: Outcome): Outcome => ({ ...o, label: { ...o.label, spend: 'forgery' } })

export const icmpRules = (kinds: readonly string[], setting: Setting): Rule[] => {
  const { icmp = [] } = setting.wire
  if (icmp.length === 0) return []
  const toClient = {
    part: 'client',
    step: (c: Client): Outcome[] =>
      icmp.map((x) =>
        paid(opened(c, clientOutcome(c, icmpAtSocket(c.socket, x), setting, undefined, icmpNotation(x)))),
      ),
  }
  const asked = {
    part: 'server',
    step: (server: Server): Outcome[] =>
      icmp.map((x) => ({
        state: server,
        label: { icmp: x, question: questionOfIcmp(server, x, setting.serverStack), spend: 'forgery' },
        note: icmpNotation(x),
      })),
  }
  const answered = {
    part: 'server',
    step: (server: Server, { icmp: x }: { icmp: Icmp }): Outcome[] => [
      serverOutcome(server, icmpArrives(server, x, setting.serverStack), setting),
    ],
  }
  return [
    rule('client', kinds, [toClient, payFrom, ...leaveRate(setting)]),
    rule('server', kinds, [asked, payFrom, askListener(setting), answered]),
  ]
}
