/** All that can happen in a world, as rules over its parts. */
import { activeServerRules } from './activeServer.ts'
import { clientCalls, clientTimer, connectRule, deliverToClient } from './clientRules.ts'
import { icmpRules } from './icmpRules.ts'
import { bury } from './listenerRules.ts'
import type { Rule } from './rule.ts'
import { deliverToServer, serverCalls, serverTimer } from './serverRules.ts'
import type { ClientBehaviour, Setting } from './setting.ts'
import { enqueue } from './smp.ts'
import { forge, lose } from './wireRules.ts'

export const rulesOf = (setting: Setting): Rule[] => {
  const kinds = [...new Set(setting.clients.map((c) => c.name))]
  const behaviour = (kind: string): ClientBehaviour => setting.clients.find((c) => c.name === kind)!
  const wire = setting.wire
  return [
    ...kinds.filter((kind) => !behaviour(kind).spoofs).map((kind) => connectRule(kind, behaviour(kind), setting)),
    ...kinds.flatMap((kind) => clientCalls(kind, behaviour(kind), setting)),
    ...serverCalls(kinds, setting),
    clientTimer(kinds, setting),
    serverTimer(kinds, setting),
    deliverToClient(kinds, setting),
    deliverToServer(kinds, setting),
    ...activeServerRules(kinds, setting),
    ...(setting.smp ? [enqueue(kinds, setting)] : []),
    ...(setting.listener?.ends ? [bury(kinds, setting)] : []),
    ...(wire.loss > 0 ? [lose(kinds, 'up'), lose(kinds, 'down')] : []),
    ...(wire.forgery > 0 && wire.forged.length > 0 ? [forge(kinds, setting)] : []),
    ...icmpRules(kinds, setting),
  ]
}
