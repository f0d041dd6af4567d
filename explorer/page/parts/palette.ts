import type { Palette } from '../../../traces/writers/sequence-svg.ts'

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
