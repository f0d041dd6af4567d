/** What is wrong on a host, why, what its peers see of it, and what would change it. */
export type FindingId =
  | 'accept-queue-full'
  | 'accept-queue-waits'
  | 'SYN-queue-full'
  | 'requests-wait'
  | 'CLOSE_WAIT-stays'
  | 'FIN_WAIT2-waits'
  | 'orphans'
  | 'TIME_WAIT-many'
  | 'retransmitting'
  | 'connect-unanswered'
  | 'PAWS-rejects'
  | 'cookies-sent'

export interface SettingChange {
  /** A setting, a call, or what else would change it. */
  readonly what: string
  readonly words: string
  /** Its name in the model, for what the model says of it. */
  readonly knob?: string
}

export interface Finding {
  readonly id: FindingId
  /** `certain`: the rows show it; `likely`: something else explains them less well. */
  readonly certainty: 'certain' | 'likely'
  readonly words: string
  /** Lines of the listing, processes, counters: what shows it. */
  readonly shownBy: readonly string[]
  /** What a peer sees of it. */
  readonly peerSees?: string
  /** The property of `halfopen check` that says the same of the model. */
  readonly property?: string
  readonly rule: string
  readonly changes: readonly SettingChange[]
}
