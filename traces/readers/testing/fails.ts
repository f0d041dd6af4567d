import { ReadError } from '../error.ts'

/** The ReadError that the reading throws; anything else is a fault of the test or of the reader. */
export const failure = (read: () => unknown): ReadError => {
  try {
    read()
  } catch (error) {
    if (error instanceof ReadError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}
