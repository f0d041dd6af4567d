/** Connections that stand still. */
import { peerOf } from '../replay/packets/observation.ts'
import { type Cause, type Diagnosis, judged } from './diagnosis.ts'
import { has, isProbe, numbers, repeatsOf, type Said, serverMoved, type Talk, thirdAck, times } from './talk.ts'

/** RFC 9293 §3.8.6.1: a window of zero, probed and answered. linux: tcp_probe_timer */
export const zeroWindow = (talk: Talk): Diagnosis[] => {
  const shut = talk.said.filter(({ window, flags }) => window === 0 && !/[SR]/.test(flags))
  const first = shut[0]
  if (first === undefined) return []
  const same = shut.filter((s) => s.from === first.from)
  if (same.length < 2) return []
  const probes = talk.said.filter((s) => s.at > first.at && s.from !== first.from && isProbe(talk, s))
  if (probes.length === 0) return []
  const opened = talk.said.find(
    (s) => s.at > same.at(-1)!.at && s.from === first.from && !has(s, 'R') && (s.window ?? 0) > 0,
  )
  const side = first.from
  return [
    {
      id: 'zero-window',
      words: `the ${side} shuts its window with packet ${first.packet}, and ${opened ? `opens it with packet ${opened.packet}` : 'keeps it shut until the capture ends'}: the ${peerOf(side)} probes ${times(probes.length)}`,
      ...judged([{ words: `the application of the ${side} does not read`, cost: 1 }]),
      packets: numbers(...same, ...probes, opened),
      decides: `Recv-Q of \`ss -tan\` on the ${side}, and what its application waits for`,
      clause: 'RFC 9293 §3.8.6.1 · linux: tcp_probe_timer',
    },
  ]
}

/** Something is repeated until the capture ends, and nothing comes back: no RST either. */
export const peerVanished = (talk: Talk): Diagnosis[] => {
  const { said, tap } = talk
  const last = said.at(-1)
  if (last === undefined || has(last, 'R') || has(last, 'S') || thirdAck(talk) === undefined) return []
  const side = last.from
  const heard = said.findLast((s) => s.from !== side)!
  const first = said.find((s) => s.at > heard.at && (s.len > 0 || has(s, 'F')))
  const again = first ? repeatsOf(talk, first) : []
  const isRequest = heard.flags === 'S.' && serverMoved(talk) === undefined
  if (!first || again.length < 2 || (isRequest && said.filter((s) => s.flags === 'S.').length > 1)) return []
  const peer = peerOf(side)
  const path: Cause =
    tap === peer
      ? {
          words: `the way to the ${peer} is interrupted`,
          ruledOut: `the capture was taken at the ${peer}: the packets arrived there`,
        }
      : { words: `the way to the ${peer} is interrupted`, cost: 1 }
  return [
    {
      id: 'peer-vanished',
      words: `the ${peer} is silent from packet ${heard.packet} on: packet ${first.packet} is repeated ${times(again.length)} without an answer${quiet(heard, first)}`,
      ...judged([
        { words: `the ${peer} is gone without a word (power, cable, address)`, cost: 1 },
        path,
        ...(has(first, 'F') && said.some((s) => s.from === peer && has(s, 'F') && s.at < first.at)
          ? [
              {
                words: `the ${peer}, which had closed before, acknowledges out of TIME_WAIT, and those ACKs are lost`,
                cost: 1,
              },
            ]
          : []),
        { words: `a firewall on the way has forgotten the connection and drops its packets`, cost: 1 },
      ]),
      packets: numbers(heard, first, ...again),
      decides: `a capture at the ${peer}: whether packet ${first.packet} arrives there; \`ping\` tells of the host, not of the connection`,
      clause: 'RFC 9293 §3.8.3, §3.8.4 · linux: tcp_retransmit_timer',
    },
  ]
}

const quiet = (heard: Said, first: Said): string =>
  heard.time === undefined || first.time === undefined
    ? ''
    : `; nothing was said for ${(first.time - heard.time).toFixed(1)} s before it, and no keepalive noticed`
