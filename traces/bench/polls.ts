/** One connection that is polled for ever, as Modbus/TCP does it: short requests and answers, and no close. */
import { ACK, type End, PcapWriter, PSH, SYN } from './wire.ts'

const PATH = { client: { address: 0x0a00_0001, port: 41_000 }, server: { address: 0x0a00_0002, port: 502 } }
const ISS = { client: 2_000_000_000, server: 3_000_000_000 }
const REQUEST = 12
const ANSWER = 29
/** Milliseconds from request to request, to the answer, and until an ACK that waits for text is sent. */
const EVERY = 100
const TO_ANSWER = 2
const DELAYED = 40

export interface Polls {
  /** As if the tap had been put on when half of the packets had passed. */
  readonly fromMiddle?: boolean
  /** Only what this end sends is recorded. */
  readonly only?: End
}

/** Writes a pcap of about so many packets, taken at the server. */
export const writePolls = (file: string, packets: number, { fromMiddle = false, only }: Polls = {}): void => {
  const out = new PcapWriter(file)
  const perPoll = only === undefined ? 3 : only === 'client' ? 2 : 1
  const all = Math.ceil((packets * (fromMiddle ? 2 : 1)) / perPoll)
  const identification = { client: 100, server: 7_000 }
  const tell = (at: number, from: End, flags: number, seq: number, ack: number | undefined, length: number): void => {
    const isShown = (only === undefined || from === only) && (!fromMiddle || at >= (all / 2) * EVERY)
    const isSynAck = flags === (SYN | ACK)
    const peer: End = from === 'client' ? 'server' : 'client'
    const clock = (end: End): number => (end === 'client' ? 1_000_000 : 9_000_000) + Math.floor(at)
    const packet = {
      at,
      from,
      flags,
      seq: ISS[from] + seq,
      length,
      window: flags & SYN ? 64_240 : 502,
      hops: from === 'client' ? 63 : 64,
      identification: isSynAck ? 0 : identification[from]++ & 0xffff,
      clock: [clock(from), ack === undefined ? 0 : clock(peer)] as const,
      ...(ack !== undefined && { ack: ISS[peer] + ack }),
      ...(flags & SYN && { syn: { mss: 1460, windowScale: 7 } }),
    }
    if (isShown) out.write(PATH, packet)
  }
  tell(0, 'client', SYN, 0, undefined, 0)
  tell(0.05, 'server', SYN | ACK, 0, 1, 0)
  tell(1, 'client', ACK, 1, 1, 0)
  for (let i = 0; i < all; i++) {
    const at = 2 + i * EVERY
    const [asked, answered] = [1 + i * REQUEST, 1 + i * ANSWER]
    tell(at, 'client', ACK | PSH, asked, answered, REQUEST)
    tell(at + TO_ANSWER, 'server', ACK | PSH, answered, asked + REQUEST, ANSWER)
    tell(at + TO_ANSWER + DELAYED, 'client', ACK, asked + REQUEST, answered + ANSWER, 0)
  }
  out.close()
}
