/** Both queues of the listener as rows of slots, with what is in each. */
import { type Listener, type Setting, synTableSize, type World } from '../../model/index.ts'

export interface Slot {
  /** The connection, from 1; `other`: one that the world knows nothing of but that it waits there. */
  readonly holds: number | 'other' | 'dead' | undefined
  /** Beyond what the queue is meant to hold. */
  readonly beyond?: true
}

export interface Queue {
  readonly slots: readonly Slot[]
  readonly used: number
  /** Absent where this kernel has no limit. */
  readonly room?: number
}

const rows = (holds: readonly Slot['holds'][], room: number | undefined): Queue => {
  const length = Math.max(holds.length, room ?? 0)
  const slots = Array.from({ length }, (_, i): Slot => {
    const beyond = room !== undefined && i >= room
    return { holds: holds[i], ...(beyond && { beyond: true as const }) }
  })
  return { slots, used: holds.length, ...(room !== undefined && { room }) }
}

export const acceptQueueOf = ({ shared: { listener }, groups }: World, { serverStack }: Setting): Queue => {
  const placed: Slot['holds'][] = Array.from({ length: listener.acceptQueue }, () => 'other')
  groups.forEach(({ server }, i) => {
    if (server.object.kind === 'child' && server.object.place !== undefined) placed[server.object.place] = i + 1
    for (const place of server.dead) placed[place] = 'dead'
  })
  return rows(placed, serverStack.dialect.queues ? listener.backlog + 1 : undefined)
}

/** How many requests this kernel lets in; absent: no limit. */
const synRoom = (listener: Listener, { serverStack: stack }: Setting): number | undefined => {
  switch (stack.dialect.synQueueFull) {
    case 'q > B':
      return listener.backlog + 1
    case 'q >= B':
      return listener.backlog
    case 'table':
      return synTableSize(listener, stack)
    case 'never':
      return undefined
  }
}

export const synQueueOf = ({ shared: { listener }, groups }: World, setting: Setting): Queue => {
  const requests = groups.flatMap(({ server }, i) =>
    server.object.kind === 'request' && !server.object.abandoned ? [i + 1] : [],
  )
  const others = Array.from({ length: Math.max(0, listener.requests - requests.length) }, () => 'other' as const)
  return rows([...requests, ...others], setting.serverStack.dialect.queues ? synRoom(listener, setting) : undefined)
}
