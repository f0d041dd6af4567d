/** Asks one scenario, with whatever the machine cannot do said in one line. */
import type { CheckOptions } from '../../checker/index.ts'
import { type Answers, ask, type Overrides, type Scenario } from '../../properties/index.ts'
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
}

/** @throws UsageError for a world that cannot be, E_MEMORY when the machine runs out of memory */
export const answer = ({ scenario, overrides, search, only }: Question, io: Io): Answers => {
  checkWorld(scenario, overrides)
  try {
    return ask(scenario, overrides, search, only)
  } catch (error) {
    throw outOfMemory(error, scenario.name) ?? error
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
