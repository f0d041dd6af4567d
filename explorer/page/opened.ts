/** What the page was opened with: a scenario, a path, a capture; written into the page by whoever serves or saves it. */
import type { Lesson } from '../lessons/lesson.ts'
import type { WorldSpec } from '../state/spec.ts'

export interface Opened {
  readonly world?: WorldSpec
  /** An address to begin with. */
  readonly hash?: string
  /** Where the capture to open is served, and its name. */
  readonly capture?: { readonly name: string; readonly url: string }
  /** Where the documentation is, beside the page. */
  readonly docs?: string
  readonly lessons?: readonly Lesson[]
  /** The published capture, for every reader without one. */
  readonly example?: { readonly name: string; readonly text: string }
}

/** A worker runs the same script and has no document. */
const written = typeof document === 'undefined' ? '' : (document.getElementById('opened')?.textContent ?? '')

export const opened: Opened = written.trim() === '' ? {} : JSON.parse(written)
