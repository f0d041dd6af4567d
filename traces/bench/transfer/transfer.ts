/** One connection that carries bulk text from the client to the server, at one tap: deterministic. */
import { Random } from '../../../checker/simulate/random.ts'
import { PcapWriter } from '../wire.ts'
import { type Conditions, type Handed, pathOf } from './path.ts'
import { Receiver } from './receiver.ts'
import { Schedule } from './schedule.ts'
import { type Application, Sender } from './sender.ts'

export interface Transfer extends Conditions {
  /** Segments that the application writes at a time, and milliseconds between; without it, it always has more. */
  readonly writes?: { readonly segments: number; readonly every: number }
}

const SEED = 9293
const ISS = { client: 1_664_624_072, server: 3_445_648_684 }
const PATH = { client: { address: 0x0a00_0001, port: 40_000 }, server: { address: 0x0a00_0002, port: 80 } }
/** What the close takes, and what may be under way when it begins. */
const AT_THE_END = 5

/** Writes a pcap of about so many packets. */
export const writeTransfer = (file: string, packets: number, transfer: Transfer): void => {
  const out = new PcapWriter(file)
  const schedule = new Schedule()
  const isDone = (): boolean => out.packets >= packets - AT_THE_END
  const path = pathOf({
    schedule,
    random: new Random(SEED),
    conditions: transfer,
    seen: (packet) => out.write(PATH, packet),
    arrived: (packet) => (packet.from === 'client' ? receiver : sender).take(packet),
  })
  const send = (packet: Handed, safe: boolean): void => path(packet, safe)
  const receiver = new Receiver(schedule, ISS.server, send)
  const sender = new Sender(schedule, ISS.client, applicationOf(transfer, isDone), send)
  sender.open()
  schedule.run()
  out.close()
}

const applicationOf = ({ writes }: Transfer, isDone: () => boolean): Application => {
  if (writes === undefined) return { written: () => (isDone() ? 0 : Number.POSITIVE_INFINITY), next: () => 0, isDone }
  let written = 0
  let next = 0
  return {
    written: (now) => {
      for (; next <= now && !isDone(); next += writes.every) written += writes.segments
      return written
    },
    next: () => next,
    isDone,
  }
}
