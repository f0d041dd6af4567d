/** A step that is a call of a process, or a setting that is changed. */
import type { Setting } from '../../../model/index.ts'
import type { TraceStep } from '../../writers/trace.ts'
import type { Network } from '../network.ts'
import type { Calls } from './calls.ts'

/** Does what the step says; the wire's steps and timers are none of its. Undefined unless something is in the way. */
export const act = (
  { rule, connection, world }: TraceStep,
  { listener, backlog, server, clients }: Setting,
  calls: Calls,
  network: Network,
): string | undefined => {
  const group = (connection ?? 1) - 1
  const client = clients[group]!
  if (rule === `${client.name} connect`) calls.connect(group, world.groups[group]!.client.connects)
  else if (rule === 'server connect') calls.connectFromServer(group)
  else if (rule === 'accept') return calls.accept() ? undefined : 'accept() finds nothing'
  else if (rule === 'listen again') calls.relisten(listener!.relistens!)
  else if (rule === 'close the listener' || rule === 'shutdown the listener') calls.end(listener!.ends!)
  else if (rule === 'listen anew') {
    if (listener!.ends === 'close') calls.listen()
    else calls.relisten(backlog)
  } else if (rule === 'sysctl') {
    for (const [name, value] of Object.entries(listener!.sysctls!))
      network.hosts.server.namespace.sysctl(`${name === 'somaxconn' ? 'net.core' : 'net.ipv4'}.${name}`, value)
  } else {
    const [actor, call] = rule.split(' ')
    if (client.calls.some((c) => rule === `${client.name} ${c}`))
      calls.client(group, rule.slice(client.name.length + 1))
    else if (actor === 'server' && server.calls.some((c) => c === call)) calls.server(group, call!)
  }
  return undefined
}
