/** ICMP errors: what is said of a segment that could not be delivered. RFC 792 · RFC 5927 */
import type { Seq } from './sequence.ts'

/** What a router, or the peer's host, says of a segment. */
export interface Icmp {
  readonly says:
    | 'network unreachable'
    | 'host unreachable'
    | 'protocol unreachable'
    | 'port unreachable'
    | 'time exceeded'
    | 'parameter problem'
  /** The sequence number of the segment that it quotes. */
  readonly quotes: Seq
}

export const icmpNotation = ({ says, quotes }: Icmp): string => `ICMP ${says}, quoting seq ${quotes}`
