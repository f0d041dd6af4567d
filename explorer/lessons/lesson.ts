/** A lesson as the page has it: `read-lesson.ts` makes it of a Markdown file before it is served, so the page reads no Markdown. */
import type { Event } from '../../model/index.ts'
import type { FieldName } from '../../traces/writers/fields.ts'
import type { WorldSpec } from '../state/spec.ts'
import type { Piece } from './piece.ts'

/** A file's name without `.md`, and what it says in either language. */
export interface Lesson {
  readonly name: string
  readonly en: ReadLesson
  readonly zh?: ReadLesson
}

export type Question =
  /** Which events are possible now. */
  | { readonly ask: 'next' }
  /** What a field of a connection is after an event. */
  | { readonly ask: 'field'; readonly field: FieldName; readonly connection: number; readonly after: Event }
  /** Whether the property can be reached, or violated, in this world with these settings. */
  | { readonly ask: 'check'; readonly property: string; readonly world: WorldSpec; readonly settings: string }

export interface Page {
  readonly text: readonly Piece[]
  /** All events up to this page, those of earlier pages included. */
  readonly path: readonly Event[]
  readonly questions: readonly Question[]
}

export interface ReadLesson {
  readonly title: string
  readonly world: WorldSpec
  readonly pages: readonly Page[]
}
