/** A diagnosis: what happened, what the cause can be, which packets show it, and what would decide. */
export interface Cause {
  readonly words: string
  /** What the whole is called if this is the cause, where that depends on it. */
  readonly is?: DiagnosisId
  /** What has to be invented for it; absent when the capture rules it out. */
  readonly cost?: number
  /** Why it is ruled out. */
  readonly ruledOut?: string
  /** Numbers of the client's packets that met a full accept queue, if this is the cause. */
  readonly meets?: readonly number[]
  /** Numbers of the packets that never arrived, if this is the cause. */
  readonly loses?: readonly number[]
  /** What the server's host counts, and how often for these packets, if this is the cause. */
  readonly counted?: Counted
  /** Settings of the server's host, with the value that this cause needs. */
  readonly needs?: Readonly<Record<string, number>>
  /** Why this cause can never be certain, however well it fits: it is told of kernels that are not modelled. */
  readonly atMost?: 'likely'
  /** What shows whether it is the cause when no other is left. */
  readonly shownBy?: string
}

export interface Counted {
  readonly counter: string
  readonly times: number
}

export type DiagnosisId =
  | 'ghost-connection'
  | 'ghost-exhausted'
  | 'third-ack-lost'
  | 'deferred-accept'
  | 'SYN-ACK-unanswered'
  | 'abort-on-overflow'
  | 'listener-gone'
  | 'queued-child-gone'
  | 'SYN-ACK-too-late'
  | 'SYN-ACK-refused'
  | 'untranslated-answer'
  | 'SYN-unanswered'
  | 'SYN-repeated'
  | 'tw-recycle-drop'
  | 'forged-RST'
  | 'earlier-connection'
  | 'refused'
  | 'cookie-handshake'
  | 'simultaneous-open'
  | 'split-handshake'
  | 'simultaneous-close'
  | 'half-open'
  | 'flow-forgotten'
  | 'middlebox-RST'
  | 'CLOSE_WAIT-hangs'
  | 'FIN_WAIT1-hangs'
  | 'FIN_WAIT2-hangs'
  | 'LAST_ACK-hangs'
  | 'port-reuse-refused'
  | 'SYN-ACK-without-window'
  | 'timestamps-omitted'
  | 'orphan-give-up'
  | 'FIN_WAIT2-timeout'
  | 'data-after-close'
  | 'unread-data'
  | 'TIME_WAIT-assassination'
  | 'PAWS-drop'
  | 'keepalive-death'
  | 'user-timeout'
  | 'retransmission-give-up'
  | 'zero-window'
  | 'peer-vanished'
  | 'SYN-flood'
  | 'port-scan'

export interface Diagnosis {
  readonly id: DiagnosisId
  /** One sentence. */
  readonly words: string
  /** The likeliest cause. */
  readonly cause: string
  readonly causes: readonly Cause[]
  /** Numbers of the packets that show it. */
  readonly packets: readonly number[]
  /** `certain`: nothing else explains the capture; `likely`: everything else has to invent more; `possible`: something else explains it as cheaply. */
  readonly certainty: 'certain' | 'likely' | 'possible'
  /** What makes it certain: other evidence, or why nothing else is left. */
  readonly proof?: string
  /** What speaks for the cause, and does not prove it. */
  readonly supports?: string
  /** The observation that would decide between the causes. */
  readonly decides?: string
  /** The rule of TCP behind it: RFC clause, kernel function. */
  readonly clause: string
}

/** Gives the causes that have no name of their own that of the whole. */
export const called = (id: DiagnosisId, causes: readonly Cause[]): Cause[] => causes.map((c) => ({ is: id, ...c }))

type Judged = Pick<Diagnosis, 'cause' | 'causes' | 'certainty'> & Partial<Pick<Diagnosis, 'id'>>

/** Sorts the causes by what they invent and says how sure the first one is, and what that makes of it. */
export const judged = (causes: readonly Cause[]): Judged => {
  const open = causes.filter((c) => c.cost !== undefined).sort((a, b) => a.cost! - b.cost!)
  const [first, second] = open
  const certainty = second === undefined ? 'certain' : second.cost! > first!.cost! ? 'likely' : 'possible'
  const sure = certainty === 'certain' && first?.atMost === 'likely' ? 'likely' : certainty
  return {
    ...(first?.is && { id: first.is }),
    cause: first?.words ?? 'unknown',
    causes: [...open, ...causes.filter((c) => c.cost === undefined)],
    certainty: sure,
  }
}
