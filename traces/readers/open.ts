/** The one place where this room meets the file system. */
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import type { Capture } from '../capture.ts'
import { ReadError, type ReadErrorCode } from './error.ts'
import { captureDecoder, readCapture } from './read.ts'
import { harmless, textOf } from './text.ts'

/** Reads a capture whose format its content tells; `-` is standard input. @throws ReadError for everything that can be wrong with a file */
export const openCapture = (path: string): Capture => {
  const [file, name] = path === '-' ? ['/dev/stdin', 'standard input'] : [path, harmless(path)]
  return isRegular(file) ? openInPieces(file, name) : readCapture(openBytes(file), name)
}

const isRegular = (path: string): boolean => {
  try {
    return statSync(path).isFile()
  } catch {
    return false // why, `openBytes` tells
  }
}

/** Bytes read at a time. */
const PIECE = 2 ** 20

const openInPieces = (path: string, name: string): Capture => {
  const decoder = captureDecoder(name)
  let file: number | undefined
  try {
    file = openSync(path, 'r')
    const piece = new Uint8Array(PIECE)
    for (;;) {
      const length = readSync(file, piece)
      if (length === 0) break
      decoder.push(piece.subarray(0, length))
    }
  } catch (error) {
    if (error instanceof ReadError) throw error
    throw notReadable(path, error)
  } finally {
    if (file !== undefined) closeSync(file)
  }
  return decoder.end()
}

/** The content of a text file, with line ends as they are. @throws ReadError */
export const openText = (path: string): string => textOf(openBytes(path))

/** @throws ReadError E_NOT_FOUND, E_IS_DIRECTORY, E_NOT_READABLE, E_TOO_LARGE, E_EMPTY */
export const openBytes = (path: string): Uint8Array => {
  const fail = (code: ReadErrorCode, cause: string, remedy: string) =>
    new ReadError({ code, place: path || 'file', cause, remedy })
  try {
    const about = statSync(path)
    if (about.isDirectory()) throw fail('E_IS_DIRECTORY', 'is a directory', 'name a file in it')
    // A device may never end.
    if (about.isBlockDevice() || (about.isCharacterDevice() && !isStandardInput(path)) || about.isSocket()) {
      throw fail('E_NOT_READABLE', 'is a device or a socket', 'name a regular file')
    }
    const bytes = readFileSync(path)
    if (bytes.length === 0) throw fail('E_EMPTY', 'is empty', 'record it again, or name another file')
    return bytes
  } catch (error) {
    if (error instanceof ReadError) throw error
    throw notReadable(path, error)
  }
}

const notReadable = (path: string, error: unknown): ReadError => {
  const [code, cause, remedy] = explained(error)
  return new ReadError({ code, place: path || 'file', cause, remedy })
}

const isStandardInput = (path: string): boolean => path === '/dev/stdin' || path.startsWith('/dev/fd/')

const explained = (error: unknown): [ReadErrorCode, string, string] => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOENT' || code === 'ENOTDIR') return ['E_NOT_FOUND', 'no such file', 'check the path']
  if (code === 'EACCES' || code === 'EPERM') return ['E_NOT_READABLE', 'may not be read', 'check its permissions']
  if (code === 'ERR_FS_FILE_TOO_LARGE' || code === 'ERR_MEMORY_ALLOCATION_FAILED') {
    return ['E_TOO_LARGE', 'is too large to be read at once', 'cut it: editcap -c 1000000 in out']
  }
  return ['E_NOT_READABLE', `cannot be read (${code || String(error)})`, 'check the path']
}
