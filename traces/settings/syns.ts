/** How a client repeats its SYN: at equal intervals first, then at intervals that double. linux: tcp_retransmit_timer, tcp_write_timeout */
import { between, lasts, ordinal, type Revealed, type Seen } from './setting.ts'

export const synRetries = (seen: Seen): Revealed[] => {
  const { observations: o, tap, until } = seen
  const first = o.find((x) => x.from === 'client' && x.flags === 'S')
  if (first === undefined) return []
  const syns = o.filter((x) => x.from === 'client' && x.flags === 'S' && x.seq === first.seq)
  const intervals = syns.slice(1).map((x, i) => between(syns[i]!, x))
  const equal = intervals.findIndex((s) => !lasts(s, 1))
  const seconds = equal < 0 ? intervals.length : equal
  const packets = syns.map((x) => x.packet)
  const doubled = equal > 0 && intervals.slice(equal).every((s, i) => lasts(s, 2 ** (i + 1)))
  const own = tap !== 'server' && tap !== 'middle'
  const linear: Revealed[] =
    seconds < 2 && !(doubled && own)
      ? []
      : [
          {
            setting: 'tcp_syn_linear_timeouts',
            least: seconds - 1,
            ...(doubled && own && { most: seconds - 1 }),
            packets: packets.slice(0, doubled ? equal + 2 : seconds + 1),
            because:
              seconds < 2
                ? `the second repetition of the SYN waits twice as long as the first`
                : `the SYN is repeated ${seconds} times after 1 s${doubled ? ', and then after 2 s' : ''}`,
          },
        ]
  if (!doubled || !own) return linear
  const n = intervals.length
  const retries = n - (seconds - 1)
  const next = 2 ** (n - seconds + 1)
  const silent = o.every((x) => x.from === 'client') && until > syns.at(-1)!.time! + next * 1.3 + 1
  return [
    ...linear,
    {
      setting: 'tcp_syn_retries',
      least: retries,
      ...(silent && { most: retries }),
      packets: packets.slice(1),
      because: `packet ${packets.at(-1)} is the ${ordinal(n)} SYN retransmission${seconds > 1 ? `, ${seconds - 1} of them not counted as they come after 1 s` : ''}${silent ? ', and none follows' : ''}`,
      unless: silent ? 'the application gave up before, or TCP_SYNCNT is set' : 'TCP_SYNCNT is set',
    },
  ]
}
