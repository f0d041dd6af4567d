import type { Palette, SequenceWords } from '../../../traces/writers/sequence-svg.ts'
import { words } from '../prefer.ts'

/** The colours of the theme that is shown. */
export const palette: Palette = {
  ink: 'var(--ink)',
  faint: 'var(--faint)',
  ground: 'var(--paper)',
  client: 'var(--client)',
  server: 'var(--server)',
  lost: 'var(--bad)',
  old: 'var(--warn)',
}

export const sequenceWords = (): SequenceWords => {
  const { client, server, connection, incarnation } = words.value.bench
  return { client, server, connection, incarnation }
}
