/** What is wrong with a system, a property or a path code; `code` is stable, `message` says what to do. */
export const faultMeanings = {
  BAD_SYSTEM: 'a system that cannot be: its initial worlds, names, groups or constraints do not go together',
  BAD_CHAIN: 'a rule whose links do not follow each other',
  BAD_PROPERTY: 'a property that reads what no part has, or that cannot be decided of this system',
  BAD_STATE: 'a state or label that is no plain JSON value, or an outcome without a state',
  IMPURE_RULE: 'a function of a rule changes its input, or answers the same input differently',
  RULE_FAILED: 'a function of a rule throws an error',
  BAD_PATH: 'a path code that is damaged, or belongs to another system or other settings',
  BAD_OPTIONS: 'an option that there is not, or a value that it cannot have',
  IMPOSSIBLE_MET: 'a rule met what the system declares to be impossible',
  INDEX_TOO_LARGE: 'more combinations of states than can be numbered',
  UNSOUND_REDUCTION: 'a search up to renaming, or for every number of groups, would not be sound here',
  TABLES_TOO_LARGE: 'the tables of local steps do not fit into memory',
  UNCOUNTED: 'numbers in a shared part grow with the number of groups, and no bound stands for all larger ones',
  NO_CHECKPOINT: 'there is no checkpoint to resume',
  BAD_CHECKPOINT: 'the checkpoint cannot be read',
  OTHER_CHECKPOINT: 'the checkpoint is of another check, or is there already',
} as const

export type FaultCode = keyof typeof faultMeanings

/** The only error the checker throws on purpose. */
export class CheckerFault extends Error {
  readonly code: FaultCode

  constructor(code: FaultCode, message: string) {
    super(message)
    this.name = 'CheckerFault'
    this.code = code
  }
}
