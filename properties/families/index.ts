/** All properties, in the order in which they are listed. */
import type { TcpProperty } from '../property.ts'
import { admission } from './admission.ts'
import { agreement } from './agreement.ts'
import { closing } from './closing.ts'
import { closingMoments } from './closing-moments.ts'
import { counterRules } from './counters.ts'
import { crossings } from './crossings.ts'
import { data } from './data.ts'
import { delivery } from './delivery.ts'
import { effectsSeen } from './effectsSeen.ts'
import { ending } from './ending.ts'
import { endingsCome } from './endings-come.ts'
import { handshake } from './handshake.ts'
import { happenings } from './happenings.ts'
import { liveness } from './liveness.ts'
import { queues } from './queues.ts'
import { reopening } from './reopening.ts'
import { resources } from './resources.ts'
import { retries } from './retries.ts'
import { states } from './states.ts'
import { storyMoments } from './stories.ts'
import { synchronized } from './synchronized.ts'
import { timers } from './timers.ts'
import { timeWait } from './timeWait.ts'

export const properties: readonly TcpProperty[] = [
  ...states,
  ...happenings,
  ...storyMoments,
  ...effectsSeen,
  ...crossings,
  ...closingMoments,
  ...queues,
  ...admission,
  ...handshake,
  ...agreement,
  ...synchronized,
  ...data,
  ...delivery,
  ...closing,
  ...ending,
  ...timeWait,
  ...reopening,
  ...timers,
  ...retries,
  ...resources,
  ...counterRules,
  ...liveness,
  ...endingsCome,
]

export const propertyNamed = (id: string): TcpProperty | undefined => properties.find((p) => p.id === id)
