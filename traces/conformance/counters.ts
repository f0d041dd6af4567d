/** The kernel's counters against the model's: every one of opening and closing that a run touches. */
import type { CounterDeltas, Recording } from './folder.ts'
import type { Host } from './host.ts'

/** Counters that the kernel keeps and the bench does not compare, each with its reason. */
export const leftOut: Readonly<Record<string, string>> = {
  InSegs: 'counts packets: the comparison of segments does that, one by one',
  OutSegs: 'counts packets: the comparison of segments does that, one by one',
  TCPPureAcks: 'which path through the receive code an ACK took',
  TCPHPAcks: 'which path through the receive code an ACK took (header prediction)',
  TCPHPHits: 'which path through the receive code text took (header prediction)',
  DelayedACKs: 'whether an ACK waited for its timer: the moment is taken from the capture',
  DelayedACKLost: 'text that came again: congestion control, not connection management',
  DelayedACKLocked: 'a timer met a socket in use by its process: scheduling',
  TCPOrigDataSent: 'segments with new text: the comparison of segments does that',
  TCPDelivered: 'segments known to be delivered: an estimate of congestion control',
  TCPLostRetransmit: 'retransmissions believed lost: an estimate of congestion control',
  TcpTimeoutRehash: 'the flow label changed after a timeout: IPv6 and routing',
  TcpDuplicateDataRehash: 'the flow label changed: IPv6 and routing',
  TCPRcvCoalesce: 'how buffers were merged',
  TCPRcvCollapsed: 'how buffers were merged',
  TCPAutoCorking: 'how text was cut into segments',
  TCPSackRecovery: 'congestion control',
  TCPFastRetrans: 'congestion control',
  TCPRenoReorder: 'congestion control',
  TCPRenoFailures: 'congestion control',
  TCPRenoRecovery: 'congestion control',
  TCPRenoRecoveryFail: 'congestion control',
  TCPSlowStartRetrans: 'congestion control',
  TCPSpuriousRTOs: 'congestion control (F-RTO)',
  TCPFullUndo: 'congestion control',
  TCPLossUndo: 'congestion control',
  TCPDSACKUndo: 'congestion control',
  TCPDSACKOldSent: 'selective acknowledgment is not modelled',
  TCPDSACKOfoSent: 'selective acknowledgment is not modelled',
  TCPDSACKRecv: 'selective acknowledgment is not modelled',
  TCPDSACKOfoRecv: 'selective acknowledgment is not modelled',
  TCPDSACKIgnoredNoUndo: 'selective acknowledgment is not modelled',
  TCPDSACKRecvSegs: 'selective acknowledgment is not modelled',
  TCPSACKReneging: 'selective acknowledgment is not modelled',
  TCPSACKDiscard: 'selective acknowledgment is not modelled',
  TCPDSACKIgnoredDubious: 'selective acknowledgment is not modelled',
  TCPSackShifted: 'selective acknowledgment is not modelled',
  TCPSackMerged: 'selective acknowledgment is not modelled',
  TCPSackShiftFallback: 'selective acknowledgment is not modelled',
  TCPLossProbeRecovery: 'congestion control',
  TCPSACKReorder: 'congestion control',
  TCPTSReorder: 'congestion control',
  TCPPartialUndo: 'congestion control',
  TCPSackFailures: 'congestion control',
  TCPLossFailures: 'congestion control',
  TCPOFOMerge: 'text behind a gap: transfer, not connection management',
  TCPOFOQueue: 'text behind a gap: transfer, not connection management',
}

export interface CounterMismatch {
  readonly host: string
  readonly counter: string
  readonly captured: number
  readonly model: number
}

export interface CountersCompared {
  readonly matched: number
  readonly total: number
  readonly mismatches: readonly CounterMismatch[]
}

/** What the kernel counted, by the names that both /proc/net/snmp and /proc/net/netstat use, without their groups. */
export const capturedOf = (deltas: CounterDeltas): ReadonlyMap<string, number> =>
  new Map(Object.entries(deltas).map(([name, n]) => [name.replace(/^\w+\./, ''), n]))

/** A counter is compared if the kernel or the model moved it. One that is neither known nor left out never matches. */
export const compareCounters = (host: Host, deltas: CounterDeltas, { counted }: Recording): CountersCompared => {
  const captured = capturedOf(deltas)
  const model = new Map<string, number>()
  const isCounted = ({ at }: { readonly at: number }) => at >= counted.from && at <= counted.to
  const add = (counter: string, n: number) => model.set(counter, (model.get(counter) ?? 0) + n)
  for (const { counter } of host.counted.filter(isCounted)) add(counter, 1)
  const lacks = (counter: string) => (model.get(counter) ?? 0) < (captured.get(counter) ?? 0)
  const exceeds = (counter: string) => (model.get(counter) ?? 0) > (captured.get(counter) ?? 0)
  for (const alternative of host.alternatives.filter(isCounted)) {
    const known = alternative.counted.filter((counter) => !alternative.instead.includes(counter))
    const instead = alternative.instead.filter((counter) => !alternative.counted.includes(counter))
    if (!instead.every(lacks) || !known.every(exceeds)) continue
    for (const counter of known) add(counter, -1)
    for (const counter of instead) add(counter, 1)
  }
  const established = establishedAt(host, counted.to)
  if (established !== 0) model.set('CurrEstab', established)
  const names = [...new Set([...captured.keys(), ...model.keys()])].filter((name) => !(name in leftOut)).sort()
  const mismatches = names
    .map((counter) => ({ counter, captured: captured.get(counter) ?? 0, model: model.get(counter) ?? 0 }))
    .filter((c) => c.captured !== c.model)
    .map((c) => ({ host: host.name, ...c }))
  return { matched: names.length - mismatches.length, total: names.length, mismatches }
}

/** CurrEstab, a gauge: sockets in ESTABLISHED, and in CLOSE_WAIT where the kernel counts them. linux: tcp_set_state */
const establishedAt = (host: Host, at: number): number =>
  [...host.ends.values()].filter((end) =>
    end.held.some((h) => h.from <= at && at <= h.to && host.stack.dialect.currEstab.split(' and ').includes(h.state)),
  ).length
