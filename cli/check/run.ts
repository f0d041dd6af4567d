/** Asks one scenario, with whatever the machine cannot do said in one line. */
import { CheckerFault, type CheckOptions } from '../../checker/index.ts'
import { type Answers, ask, type Overrides, type Scenario, type TcpProperty } from '../../properties/index.ts'
import { UsageError } from '../error.ts'
import type { Io } from '../io.ts'
import { checkWorld } from '../options/world.ts'
import { endProgress } from '../words/progress.ts'

export interface Question {
  readonly scenario: Scenario
  readonly overrides: Overrides
  readonly search: CheckOptions
  /** Ids of the properties to ask; all of the scenario's if absent. */
  readonly only?: readonly string[]
  /** Properties of the user's own, that the scenario may name. */
  readonly own?: readonly TcpProperty[]
}

/** @throws UsageError for a world that cannot be, a checkpoint that cannot be used, E_MEMORY when the machine runs out of memory */
export const answer = ({ scenario, overrides, search, only, own }: Question, io: Io): Answers => {
  checkWorld(scenario, overrides)
  try {
    return ask(scenario, overrides, search, only, own)
  } catch (error) {
    throw outOfMemory(error, scenario.name) ?? checkpointError(error, search) ?? error
  } finally {
    endProgress(io)
  }
}

const outOfMemory = (error: unknown, scenario: string): UsageError | undefined => {
  if (!(error instanceof RangeError) || !/allocation failed|array length|Map maximum/i.test(error.message))
    return undefined
  const cause = 'this world does not fit into the memory of this machine: inconclusive'
  const remedy = 'give a limit with --memory for a partial answer, or a smaller world'
  return new UsageError({ code: 'E_MEMORY', place: `check ${scenario}`, cause, remedy })
}

/** The checker's own words: `cause; remedy.` */
const checkpointError = (error: unknown, { checkpoint }: CheckOptions): UsageError | undefined => {
  if (!(error instanceof CheckerFault) || checkpoint === undefined || !error.code.endsWith('_CHECKPOINT'))
    return undefined
  const code = error.code === 'OTHER_CHECKPOINT' ? 'E_OTHER_CHECKPOINT' : 'E_CHECKPOINT'
  const message = error.message.replace(/\.$/, '').replace(/^T/, 't')
  const [cause = '', remedy = ''] = message.split(/; (?=[^;]*$)/)
  return new UsageError({
    code,
    place: `${checkpoint.resume ? '--resume' : '--checkpoint'} ${checkpoint.store.place}`,
    cause,
    remedy,
  })
}
