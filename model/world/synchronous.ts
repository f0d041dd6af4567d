/** Steps that every part takes at once: time, and accept(), which moves the whole accept queue. */
import { listenerElapse, takeHead } from '../listener/listener.ts'
import type { Server } from '../listener/object.ts'
import { moveUp, serverElapse } from '../listener/server.ts'
import type { Listener } from '../listener/types.ts'
import { elapse } from '../socket/time.ts'
import { age, type Channel } from '../wire/channel.ts'
import { pauseElapse } from './backoff.ts'
import { listenerRules } from './listenerRules.ts'
import type { Client } from './parts.ts'
import type { SynchronousRule } from './rule.ts'
import type { Setting } from './setting.ts'

export const synchronousRulesOf = (setting: Setting): SynchronousRule[] => [
  ...(setting.server.accepts
    ? [
        {
          name: 'accept',
          actor: 'server',
          source: 'linux: inet_csk_accept',
          fairness: 'none' as const,
          group: { server: moveUp },
          shared: { listener: takeHead },
        },
      ]
    : []),
  {
    name: 'tick',
    actor: 'clock',
    source: 'timers at 0 fire before time passes',
    fairness: 'weak',
    group: {
      client: (c: Client): Client | undefined => {
        const socket = elapse(c.socket, 1)
        return socket && pauseElapse({ ...c, socket }, 1)
      },
      server: (s: Server) => serverElapse(s, 1),
      up: (c: Channel) => age(c, setting.serverStack.durations.msl, setting.wire.expiry),
      down: (c: Channel) => age(c, setting.serverStack.durations.msl, setting.wire.expiry),
    },
    shared: { listener: (l: Listener) => listenerElapse(l, 1) },
  },
  ...listenerRules(setting),
]
