/** How often a server repeats its SYN+ACK. linux: reqsk_timer_handler */
import type { Observation } from '../replay/packets/observation.ts'
import { between, lasts, ordinal, type Revealed, type Seen } from './setting.ts'

/** More requests than these at once may be given up early. linux: reqsk_timer_handler, 2q > max(8, B) */
export const FEW = 4

/** The first SYN+ACK of a request, and its repetitions by the timer. */
export interface Repeated {
  readonly first: Observation
  readonly copies: readonly Observation[]
  /** Each came when its timer says, and no SYN asked for one: none is missing. */
  readonly regular: boolean
}

export const repeatedSynAck = ({ observations: o }: Seen): Repeated | undefined => {
  const answers = o.filter((x) => x.from === 'server' && x.flags === 'S.' && !x.forged)
  const first = answers[0]
  if (first === undefined) return undefined
  const copies = answers.slice(1).filter((x) => x.seq === first.seq)
  const begins = o.indexOf(first)
  const asked = o.some((x, i) => i > begins && x.from === 'client' && x.flags === 'S')
  if (asked) return { first, copies: [], regular: false }
  const all = [first, ...copies]
  return { first, copies, regular: copies.every((x, i) => lasts(between(all[i]!, x), 2 ** i)) }
}

/** @param requests how many requests of the listener repeated their SYN+ACK meanwhile: at most `FEW`, or more */
export const synAckRetries = (seen: Seen, requests: 'few' | 'many'): Revealed[] => {
  const repeated = repeatedSynAck(seen)
  if (repeated === undefined) return []
  const { copies, regular } = repeated
  const last = copies.at(-1)
  if (last === undefined) return []
  const n = copies.length
  const end = regular && requests === 'few' ? givenUp(seen, last, 2 ** n) : undefined
  const counted = `packet ${last.packet} is the ${ordinal(n)} SYN+ACK retransmission`
  return [
    {
      setting: 'tcp_synack_retries',
      least: n,
      ...(end && { most: n }),
      packets: [...copies.map((x) => x.packet), ...(end?.packets ?? [])],
      because: end ? `${counted}, and ${end.words}` : counted,
      unless: 'TCP_SYNCNT is set on the listener',
    },
  ]
}

/** The timer must have fired once more, and there was no request any more that it could be about. */
const givenUp = ({ observations: o, tap, until }: Seen, last: Observation, timer: number) => {
  const later = o.filter((x) => x.packet > last.packet)
  const due = last.time! + timer * 1.3 + 1
  const reset = later.find((x) => x.from === 'server')
  if (reset?.flags === 'R' && reset.time! > last.time! + timer) {
    const asks = later.findLast((x) => x.packet < reset.packet && x.from === 'client')
    return asks && asks.time! > last.time! + timer
      ? { words: `packet ${reset.packet} knows no connection`, packets: [reset.packet] }
      : undefined
  }
  const answered = later.some((x) => x.from === 'server' || !x.flags.includes('R'))
  return tap === 'server' && !answered && until > due ? { words: 'none follows', packets: [] } : undefined
}
