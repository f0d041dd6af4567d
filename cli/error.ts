import { type ExitCode, exit } from './exit.ts'

/** Wrong usage, in one line: where, why, what to do, and a code that stays. */
export const usageErrors = {
  E_COMMAND: 'there is no such command',
  E_OPTION: 'an option or argument that the command does not have, or lacks',
  E_SCENARIO: 'there is no such scenario',
  E_PROPERTY: 'there is no such property',
  E_KERNEL: 'there is no such kernel profile',
  E_SYSCTL: 'there is no such sysctl, or it is not written as name=value',
  E_ID: 'nothing is known by this name',
  E_VALUE: 'a value that is no such value',
  E_RANGE: 'a value out of range',
  E_PATH: 'a path code that leads nowhere in this world',
  E_HOST: 'this machine is no Linux host',
  E_STREAM: 'the capture has no such connection',
  E_MODULE: 'a module of your own that cannot be loaded or checked',
  E_OUTPUT: 'the file cannot be written',
  E_RESULTS: 'no directories of results that belong together',
  E_CHECKPOINT: 'there is no checkpoint to resume, or it is damaged',
  E_OTHER_CHECKPOINT: 'the checkpoint is of another check, or is there already',
  E_MEMORY: 'the machine has too little memory for this world or capture: inconclusive',
} as const

export type UsageErrorCode = keyof typeof usageErrors

/** The exit code of an error. */
export const exitOf = (code: UsageErrorCode): ExitCode => {
  if (code === 'E_MEMORY') return exit.inconclusive
  return code === 'E_CHECKPOINT' || code === 'E_RESULTS' ? exit.unreadable : exit.usage
}

export interface UsageErrorParts {
  readonly code: UsageErrorCode
  /** The command, option or argument. */
  readonly place: string
  readonly cause: string
  readonly remedy: string
}

export class UsageError extends Error {
  readonly code: UsageErrorCode

  /** The message is one line: `place: cause; remedy [code]`. */
  constructor({ code, place, cause, remedy }: UsageErrorParts) {
    super(oneLine(`${place}: ${cause}; ${remedy} [${code}]`))
    this.name = 'UsageError'
    this.code = code
  }
}

/** Control characters of an argument must not reach the terminal. */
export const oneLine = (text: string): string => text.replace(CONTROLS, ' ')

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters meant
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g
