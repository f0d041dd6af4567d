/** The codes of errors: in brackets behind a message, and as `code` in a document. */
import { faultMeanings } from '../../checker/index.ts'
import { readErrors } from '../../traces/index.ts'
import { exitOf, type UsageErrorCode, usageErrors } from '../error.ts'
import { exit } from '../exit.ts'
import type { Explanation } from './explanation.ts'

interface ErrorCode {
  readonly name: string
  readonly means: string
  readonly exit: number
}

const under = <Code extends string>(
  meanings: Readonly<Record<Code, string>>,
  exitCode: (code: Code) => number,
): ErrorCode[] =>
  (Object.entries(meanings) as [Code, string][]).map(([name, means]) => ({ name, means, exit: exitCode(name) }))

export const errorCodes: readonly ErrorCode[] = [
  ...under<UsageErrorCode>(usageErrors, exitOf),
  ...under(readErrors, () => exit.unreadable),
  ...under(faultMeanings, () => exit.usage),
  { name: 'E_INTERNAL', means: 'a fault of halfopen itself', exit: exit.internal },
]

export const ofErrorCode = ({ name, means, exit: code }: ErrorCode): Explanation => ({
  id: name,
  is: 'error',
  means,
  'exit code': code,
})
