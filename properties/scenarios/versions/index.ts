/** The properties of opening asked of every profile, and for each that a version or a corner breaks, a world that shows it. */
import type { Scenario } from '../../scenario.ts'
import {
  cookieSkipsByte,
  deadBacklog0,
  inexactReset,
  overfullQueue,
  synAckWithText,
  synAtFinWait2,
  systematicGhost,
} from './broken.ts'
import { freebsdStories } from './freebsd.ts'
import { openingAmongStrangers, openingAtFullQueue, textAfterClose } from './opening.ts'

export const versions: readonly Scenario[] = [
  openingAtFullQueue,
  openingAmongStrangers,
  textAfterClose,
  systematicGhost,
  deadBacklog0,
  inexactReset,
  overfullQueue,
  cookieSkipsByte,
  synAtFinWait2,
  synAckWithText,
  ...freebsdStories,
]
