/** A requirement: what it says, and the script that decides it. */
import type { Lab } from './lab.ts'
import type { Service } from './target.ts'

/**
 * As its RFC has it. RULE: the event processing of RFC 9293 §3.10 and figures of §3.5 and §3.6, which carry no number; an implementation
 * "should differ only in detail, not in substance". What RFC 5961 demands of its implementers is SHOULD: RFC 9293 leaves it to the stack.
 */
export type Level = 'MUST' | 'SHOULD' | 'MAY' | 'RULE'

export interface Requirement {
  /** MUST-n, SHLD-n or MAY-n of RFC 9293 appendix B; otherwise the clause. */
  readonly id: string
  readonly level: Level
  readonly says: string
  readonly source: string
  /** Services without which it cannot be decided. */
  readonly needs: readonly Service[]
  /** Throws where the target departs or nothing can be decided; what it returns is worth a note. */
  readonly decides: (lab: Lab) => Promise<string | undefined>
}
