/** How connections end, and what keeps them from ending. Read next: `worlds.ts`, what these worlds have in common. */
import type { Scenario } from '../../scenario.ts'
import { finStories } from './fins.ts'
import { resetStories } from './resets.ts'
import { silenceStories } from './silence.ts'
import { timeWaitStories } from './time-waits.ts'

export const closingStories: readonly Scenario[] = [
  ...finStories,
  ...resetStories,
  ...silenceStories,
  ...timeWaitStories,
]
