/** What a command may touch of the outside: two streams, the environment, and the wish to stop. */
export interface Io {
  /** Results. */
  readonly out: (text: string) => void
  /** Progress, hints and errors. */
  readonly err: (text: string) => void
  readonly isTTY: { readonly out: boolean; readonly err: boolean }
  readonly env: Readonly<Record<string, string | undefined>>
  /** Polled while a search runs: true once the user has pressed Ctrl-C. */
  readonly shouldStop?: () => boolean
}

export const isInterrupted = (io: Io): boolean => io.shouldStop?.() ?? false

/** The one document of `--json`. */
export const writeJson = (io: Io, document: unknown): void => io.out(`${JSON.stringify(document, null, 2)}\n`)
