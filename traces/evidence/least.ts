/** What a server's host must have counted, by what the capture shows of it: counters that say less contradict it. */
import type { Capture, Packet } from '../capture.ts'
import { fromClient, hasFlag } from '../capture.ts'
import type { CounterValues } from './counters.ts'

/** By counter: the packets of which each was counted. linux: tcp_rtx_synack, tcp_v4_send_reset, tcp_send_active_reset */
const leastCounted = ({ connections }: Capture, forged: ReadonlySet<number>): Map<string, Packet[]> => {
  const host = connections[0]?.server.address
  const repeats: Packet[] = []
  const resets: Packet[] = []
  for (const c of connections.filter(({ server }) => server.address === host)) {
    let last: Packet | undefined
    for (const p of c.packets.filter(({ number }) => !forged.has(number))) {
      const isSyn = hasFlag(p, 'S')
      if (fromClient(c, p)) {
        // A SYN may be answered by a new request, or by a cookie: that is no retransmission.
        if (isSyn) last = undefined
        continue
      }
      if (hasFlag(p, 'R')) resets.push(p)
      if (!isSyn || !hasFlag(p, '.')) continue
      if (last?.sequence === p.sequence) repeats.push(p)
      last = p
    }
  }
  return new Map([
    ['RetransSegs', repeats],
    ['TCPSynRetrans', repeats],
    ['OutRsts', resets],
  ])
}

/** One sentence for each counter that cannot be of the host, or not of the time, of the capture. */
export const tooLittleCounted = (values: CounterValues, capture: Capture, forged: ReadonlySet<number>): string[] =>
  [...leastCounted(capture, forged)].flatMap(([name, packets]) => {
    const value = values[name]
    if (value === undefined || value >= packets.length) return []
    const first = packets[0]!.number
    const shown =
      packets.length === 1 ? `packet ${first} is one` : `the capture shows ${packets.length}, packet ${first} first`
    return [`${name} says ${value}, but ${shown}: another host, or another time`]
  })
