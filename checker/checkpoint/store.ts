/** Where checkpoints are kept: a text that is replaced as a whole, and bytes that only grow. */
export interface CheckpointStore {
  /** For errors: a directory, say. */
  readonly place: string
  /** The text kept last; `undefined` when there is none. */
  load(): string | undefined
  /** The bytes from a position on; fewer than asked for where there are no more. */
  read(from: number, length: number): Uint8Array
  /** Writes bytes at a position behind all those that the kept text speaks of. */
  write(from: number, bytes: Uint8Array): void
  /** Makes safe what was written and replaces the text: whenever the machine stops, the old text is kept or the new one. */
  keep(text: string): void
}

/** What became of checkpoints while a search went on. */
export type CheckpointNews =
  | { readonly kind: 'resumed' | 'saved'; readonly states: number; readonly depth: number }
  | { readonly kind: 'failed'; readonly cause: string }

export interface CheckpointOptions {
  readonly store: CheckpointStore
  /** Seconds between checkpoints. Default 60. The first is made at once, the last when the search ends. */
  readonly everySeconds?: number
  /** Go on from the checkpoint that the store holds; otherwise it must hold none. */
  readonly resume?: boolean
  /** What is checked, in the user's words (a command, a version): another check's checkpoint is refused with them. */
  readonly madeFor: { readonly check: string; readonly version: string }
  /** A checkpoint that cannot be written does not end the search: it is told here, and tried again. */
  readonly onNews?: (news: CheckpointNews) => void
}
