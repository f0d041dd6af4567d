/** What the wire and strangers do besides delivering. */
import { forgeInto, loseFrom, payFrom } from './links.ts'
import type { Rule } from './rule.ts'
import type { Setting } from './setting.ts'

export const lose = (kinds: readonly string[], part: 'up' | 'down'): Rule => ({
  name: part === 'up' ? 'lose from client' : 'lose from server',
  kinds,
  actor: 'wire',
  source: 'the wire loses a segment',
  fairness: 'none',
  links: [loseFrom(part), payFrom],
})

export const forge = (kinds: readonly string[], setting: Setting): Rule => ({
  name: 'forge',
  kinds,
  actor: 'stranger',
  source: 'another host sends a segment that neither end has sent',
  fairness: 'none',
  links: [forgeInto('up', setting), payFrom],
})
