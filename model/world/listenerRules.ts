/** What becomes of the listener itself: listen() with another backlog, its end and its return, a sysctl that is changed while it listens. */
import { abandon, closeForGood, deafen, listenAnew, settle, stopListening } from '../listener/close.ts'
import { listen, relisten } from '../listener/listener.ts'
import type { Server } from '../listener/object.ts'
import type { Listener } from '../listener/types.ts'
import { putInto, serverOutcome } from './links.ts'
import type { Outcome, Rule, SynchronousRule } from './rule.ts'
import type { Setting } from './setting.ts'

type OfListener = (l: Listener) => Listener | undefined

const ofListener = (
  name: string,
  source: string,
  step: OfListener,
  server?: (s: Server) => Server | undefined,
): SynchronousRule => ({
  name,
  actor: 'server',
  source,
  fairness: 'none',
  group: server ? { server } : {},
  shared: { listener: step },
})

/** Each at any moment. */
export const listenerRules = (setting: Setting): SynchronousRule[] => [
  ...anotherBacklog(setting),
  ...endAndReturn(setting),
  ...anotherSysctl(setting),
]

const anotherBacklog = ({ listener: { relistens } = {}, serverStack }: Setting): SynchronousRule[] => {
  if (relistens === undefined) return []
  const again = listen(relistens, serverStack).backlog
  const step: OfListener = (l) => (l.closed || l.backlog === again ? undefined : relisten(l, relistens, serverStack))
  return [ofListener('listen again', 'linux: inet_listen, __inet_listen_sk', step)]
}

/** A request is not ended in the midst of its promotion. */
const unlessPromoting =
  (end: (s: Server) => Server) =>
  (s: Server): Server | undefined =>
    s.object.kind === 'request' && s.object.promoting ? undefined : end(s)

const endAndReturn = ({
  listener: { ends, returns } = {},
  serverStack: stack,
  backlog,
}: Setting): SynchronousRule[] => {
  if (ends === undefined) return []
  const [stop, bury, back] = ends === 'close' ? [closeForGood, abandon, listenAnew] : [stopListening, deafen, relisten]
  const end = ofListener(
    `${ends} the listener`,
    'linux: inet_csk_listen_stop',
    (l) => (l.closed ? undefined : stop(l, stack)),
    unlessPromoting((s) => bury(s, stack)),
  )
  const again: OfListener = (l) => (l.closed ? back(l, backlog, stack) : undefined)
  return returns ? [end, ofListener('listen anew', 'linux: inet_csk_listen_start', again)] : [end]
}

const anotherSysctl = ({ listener: { sysctls } = {} }: Setting): SynchronousRule[] =>
  sysctls
    ? [ofListener('sysctl', 'a setting of the host is changed', (l) => (l.sysctls ? undefined : { ...l, sysctls }))]
    : []

/** The kernel has emptied the accept queue at one stroke; child by child the RSTs go out. linux: inet_csk_listen_stop, inet_child_forget */
export const bury = (kinds: readonly string[], setting: Setting): Rule => ({
  name: 'bury',
  kinds,
  actor: 'server',
  source: 'linux: inet_csk_listen_stop',
  fairness: 'weak',
  links: [
    {
      part: 'server',
      step: (server: Server): Outcome[] => {
        const r = settle(server)
        return r ? [serverOutcome(server, r, setting)] : []
      },
    },
    putInto('down', setting),
  ],
})
