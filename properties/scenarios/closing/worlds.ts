/** What worlds of closing have in common: opening goes well, and a segment is on its way for no more than a moment. */
import { type Segment, seq } from '../../../model/index.ts'
import { rival, type World } from '../../scenario.ts'

export const at = (flags: Segment['flags'], from: number, len = 0, ack?: number): Segment => ({
  flags,
  seq: seq(from),
  len,
  ...(ack === undefined ? {} : { ack: seq(ack) }),
})

/** No SYN and no SYN+ACK is repeated: these worlds begin when both ends are established. */
export const opened = { tcp_syn_retries: 0, tcp_synack_retries: 0 } as const

/** A slow wire can outlast any number of retries. */
export const quick: NonNullable<World['durations']> = { msl: 1 }

export const idle: World['server'] = { accepts: true, calls: [], writes: 0 }
export const closes: World['server'] = { accepts: true, calls: ['close'], writes: 0 }

/** One stranger's segment, once. */
export const meets = (forged: ReturnType<typeof at>, more: Partial<World> = {}): World => ({
  clients: [rival],
  server: idle,
  wire: { forgery: 1, forged: [forged] },
  sysctls: opened,
  durations: quick,
  ...more,
})
