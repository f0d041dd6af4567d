/** The sentences of `netstat -s`, and the counters that they mean. net-tools: statistics.c, old and new spellings */

const SENTENCES: readonly (readonly [counter: string, sentence: RegExp])[] = [
  ['ActiveOpens', /^(-?\d+) active connections? openings?$/],
  ['PassiveOpens', /^(-?\d+) passive connection openings?$/],
  ['AttemptFails', /^(-?\d+) failed connection attempts?$/],
  ['EstabResets', /^(-?\d+) connection resets? received$/],
  ['CurrEstab', /^(-?\d+) connections? established$/],
  ['InSegs', /^(-?\d+) segments? received$/],
  ['OutSegs', /^(-?\d+) segments? sen[dt] out$/],
  ['RetransSegs', /^(-?\d+) segments? retransmitt?ed$/],
  ['InErrs', /^(-?\d+) bad segments? received\.?$/],
  ['OutRsts', /^(-?\d+) resets? sent$/],
  ['SyncookiesSent', /^(-?\d+) SYN cookies sent$/],
  ['SyncookiesRecv', /^(-?\d+) SYN cookies received$/],
  ['SyncookiesFailed', /^(-?\d+) invalid SYN cookies received$/],
  ['EmbryonicRsts', /^(-?\d+) resets received for embryonic SYN_RECV sockets$/],
  ['OutOfWindowIcmps', /^(-?\d+) ICMP packets dropped because they were out-of-window$/],
  ['TW', /^(-?\d+) TCP sockets finished time wait in fast timer$/],
  ['TWRecycled', /^(-?\d+) time wait sockets recycled by time stamp$/],
  ['TWKilled', /^(-?\d+) TCP sockets finished time wait in slow timer$/],
  ['PAWSPassive', /^(-?\d+) passive connections rejected because of time stamp$/],
  ['PAWSActive', /^(-?\d+) active connections rejected because of time stamp$/],
  ['PAWSEstab', /^(-?\d+) packets rejec(?:ted|ts) in established connections because of timestamp$/],
  ['DelayedACKs', /^(-?\d+) delayed acks sent$/],
  ['ListenOverflows', /^(-?\d+) times the listen queue of a socket overflowed$/],
  ['ListenDrops', /^(-?\d+) SYNs to LISTEN sockets (?:dropped|ignored)$/],
  ['TCPAbortOnData', /^(-?\d+) connections reset due to unexpected data$/],
  ['TCPAbortOnClose', /^(-?\d+) connections reset due to early user close$/],
  ['TCPAbortOnSyn', /^(-?\d+) connections reset due to unexpected SYN$/],
  ['TCPAbortOnTimeout', /^(-?\d+) connections aborted due to timeout$/],
  ['TCPTimeouts', /^(-?\d+) other TCP timeouts$/],
]

/** A counter without a sentence of its own is printed by its name: `TCPReqQFullDrop: 3`. */
const NAMED = /^(\w+): (-?\d+)$/

/** The counter that a line tells; undefined for sentences that tell of nothing here. @param inSection below Tcp or TcpExt */
export const sentence = (text: string, inSection: boolean): readonly [counter: string, value: string] | undefined => {
  for (const [counter, pattern] of SENTENCES) {
    const found = pattern.exec(text)
    if (found) return [counter, found[1]!]
  }
  const named = NAMED.exec(text)
  return named && (inSection || named[1]!.startsWith('TCP')) ? [named[1]!, named[2]!] : undefined
}
