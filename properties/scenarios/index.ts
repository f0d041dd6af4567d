/** All scenarios, in the order of their story. */
import type { Scenario } from '../scenario.ts'
import { acceptQueues } from './acceptQueue.ts'
import { close } from './close.ts'
import { closingStories } from './closing/index.ts'
import { abortOnOverflow, ghostConnection } from './ghostConnection.ts'
import { handshake, strangeSegments } from './handshake.ts'
import { oldDuplicates, oldDuplicatesAckLost, oldDuplicatesStories } from './oldDuplicates.ts'
import { crossingStories } from './stories/crossing.ts'
import { errorStories } from './stories/errors.ts'
import { handshakeStories } from './stories/handshakes.ts'
import { listenerStories } from './stories/listener.ts'
import { natStories } from './stories/nat.ts'
import { patienceStories } from './stories/patience.ts'
import { pressureStories } from './stories/pressure.ts'
import { rebootStories } from './stories/reboot.ts'
import { restartStories } from './stories/restart.ts'
import { settingStories } from './stories/settings.ts'
import { timeWait } from './timeWait.ts'
import { versions } from './versions/index.ts'

export const scenarios: readonly Scenario[] = [
  handshake,
  strangeSegments,
  ghostConnection,
  abortOnOverflow,
  ...acceptQueues,
  close,
  timeWait,
  oldDuplicates,
  oldDuplicatesAckLost,
  ...oldDuplicatesStories,
  ...handshakeStories,
  ...rebootStories,
  ...crossingStories,
  ...errorStories,
  ...listenerStories,
  ...restartStories,
  ...pressureStories,
  ...natStories,
  ...settingStories,
  ...patienceStories,
  ...closingStories,
  ...versions,
]
