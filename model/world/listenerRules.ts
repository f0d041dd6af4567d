/** What becomes of the listener itself: listen() with another backlog, close(), a sysctl that is changed while it listens. */
import { closeListener, stopListening } from '../listener/close.ts'
import { type Listener, listen, relisten } from '../listener/listener.ts'
import type { Server } from '../listener/server.ts'
import { putInto, serverOutcome } from './links.ts'
import type { Outcome, Rule, SynchronousRule } from './rule.ts'
import type { Setting } from './setting.ts'

const ofListener = (name: string, source: string, step: (l: Listener) => Listener | undefined): SynchronousRule => ({
  name,
  actor: 'server',
  source,
  fairness: 'none',
  group: {},
  shared: { listener: step },
})

/** Each happens once, at any moment. */
export const listenerRules = ({ listener = {}, serverStack }: Setting): SynchronousRule[] => {
  const { relistens, closes, sysctls } = listener
  const again = relistens === undefined ? undefined : listen(relistens, serverStack).backlog
  return [
    ...(again === undefined
      ? []
      : [
          ofListener('listen again', 'linux: inet_listen, __inet_listen_sk', (l) =>
            l.closed || l.backlog === again ? undefined : relisten(l, relistens!, serverStack),
          ),
        ]),
    ...(closes
      ? [
          ofListener('close the listener', 'linux: inet_csk_listen_stop', (l) =>
            l.closed ? undefined : stopListening(l, serverStack),
          ),
        ]
      : []),
    ...(sysctls
      ? [ofListener('sysctl', 'a setting of the host is changed', (l) => (l.sysctls ? undefined : { ...l, sysctls }))]
      : []),
  ]
}

/** The kernel empties the accept queue of a listener that is closed, child by child. linux: inet_csk_listen_stop, inet_child_forget */
export const bury = (kinds: readonly string[], setting: Setting): Rule => ({
  name: 'bury',
  kinds,
  actor: 'server',
  source: 'linux: inet_csk_listen_stop',
  fairness: 'weak',
  links: [
    {
      part: 'listener',
      shared: true,
      step: (listener: Listener): Outcome[] => (listener.closed ? [{ state: listener, label: {} }] : []),
    },
    {
      part: 'server',
      step: (server: Server): Outcome[] => {
        const waits = server.object.kind === 'child' && server.object.place !== undefined
        if (!waits && server.dead.length === 0) return []
        return [serverOutcome(server, closeListener(server, setting.serverStack), setting)]
      },
    },
    putInto('down', setting),
  ],
})
