/** What is wrong with a system, a property or a path code; `code` is stable, `message` says what to do. */
export type FaultCode =
  | 'BAD_SYSTEM'
  | 'BAD_CHAIN'
  | 'BAD_PROPERTY'
  | 'BAD_STATE'
  | 'IMPURE_RULE'
  | 'RULE_FAILED'
  | 'BAD_PATH'
  | 'BAD_OPTIONS'
  | 'IMPOSSIBLE_MET'
  | 'INDEX_TOO_LARGE'
  | 'UNSOUND_REDUCTION'
  | 'TABLES_TOO_LARGE'
  | 'UNCOUNTED'
  | 'NO_CHECKPOINT'
  | 'BAD_CHECKPOINT'
  | 'OTHER_CHECKPOINT'

/** The only error the checker throws on purpose. */
export class CheckerFault extends Error {
  readonly code: FaultCode

  constructor(code: FaultCode, message: string) {
    super(message)
    this.name = 'CheckerFault'
    this.code = code
  }
}
