/** All properties, in the order in which they are listed. */
import type { TcpProperty } from '../property.ts'
import { closing } from './closing.ts'
import { counterRules } from './counters.ts'
import { data } from './data.ts'
import { handshake } from './handshake.ts'
import { happenings } from './happenings.ts'
import { liveness } from './liveness.ts'
import { queues } from './queues.ts'
import { states } from './states.ts'
import { timers } from './timers.ts'
import { timeWait } from './timeWait.ts'

export const properties: readonly TcpProperty[] = [
  ...states,
  ...happenings,
  ...queues,
  ...handshake,
  ...data,
  ...closing,
  ...timeWait,
  ...timers,
  ...counterRules,
  ...liveness,
]

export const propertyNamed = (id: string): TcpProperty | undefined => properties.find((p) => p.id === id)
