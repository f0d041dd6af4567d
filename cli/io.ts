import { jsonPieces } from './json.ts'
import { type SchemaName, schemaOf } from './schemas/names.ts'

/** What a command may touch of the outside: two streams, the environment, and the wish to stop. */
export interface Io {
  /** Results. */
  readonly out: (text: string) => void
  /** Progress, hints and errors. */
  readonly err: (text: string) => void
  readonly isTTY: { readonly out: boolean; readonly err: boolean }
  /** Characters in a line of the terminal, where there is one. */
  readonly columns?: number
  /** Standard input, for the commands that are fed while they run. */
  readonly stdin?: AsyncIterable<Uint8Array>
  /** Loads a module of the user's, by its absolute path; absent: as any module. */
  readonly importModule?: (path: string) => Promise<unknown>
  readonly env: Readonly<Record<string, string | undefined>>
  /** Polled while a search runs: true once the user has pressed Ctrl-C. */
  readonly shouldStop?: () => boolean
}

export const isInterrupted = (io: Io): boolean => io.shouldStop?.() ?? false

/** The one document of `--json`: as `JSON.stringify` writes it, piece by piece, for it may be longer than any string can be. */
export const writeJson = (io: Io, schema: SchemaName, document: object): void => {
  writePieces(io, jsonPieces({ schema: schemaOf(schema), ...document }))
  io.out('\n')
}

/** A text that is made while it is written: the whole is never held. */
export const writePieces = (io: Io, pieces: Iterable<string>): void => {
  let text = ''
  for (const piece of pieces) {
    text += piece
    if (text.length < PIECE) continue
    io.out(text)
    text = ''
  }
  io.out(text)
}

/** Characters that are handed on at once. */
const PIECE = 2 ** 20
