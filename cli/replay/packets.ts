/** Packets as arrows between the two ends, in tcpdump's notation with numbers relative to the SYNs. */
import { type Flags, notation, type Seq } from '../../model/index.ts'
import { type Connection, fromClient, hasFlag, type Packet } from '../../traces/index.ts'

export interface PacketArrow {
  readonly number: number
  /** Seconds since the first packet of the connection, if the capture tells. */
  readonly time?: number
  readonly fromClient: boolean
  readonly text: string
}

/** Where the numbers of both ends begin, if the capture shows it. */
export const packetBase = (connection: Connection): { client: Seq | undefined; server: Seq | undefined } => {
  const synOf = (ofClient: boolean): Seq | undefined =>
    connection.packets.find((p) => hasFlag(p, 'S') && fromClient(connection, p) === ofClient)?.sequence
  return { client: synOf(true), server: synOf(false) }
}

export const packetArrows = (connection: Connection): PacketArrow[] => {
  const { packets } = connection
  const { client, server } = packetBase(connection)
  const start = packets[0]?.time
  return packets.map((p) => {
    const isClient = fromClient(connection, p)
    const [seq, ack] = isClient ? [client, server] : [server, client]
    const base = seq === undefined || ack === undefined || hasFlag(p, 'S') ? undefined : { seq, ack }
    return {
      number: p.number,
      ...(p.time !== undefined && start !== undefined && { time: p.time - start }),
      fromClient: isClient,
      text: packetText(p, base),
    }
  })
}

const packetText = (p: Packet, base: { seq: Seq; ack: Seq } | undefined): string => {
  const { sequence, acknowledgment: ack, length } = p
  const flags = p.flags as Flags // P, U, E and W are shown as they are
  if (sequence === undefined)
    return `[${flags}]${ack === undefined ? '' : ` ack ${base ? relative(base.ack, ack) : ack}`}`
  return notation({ flags, seq: sequence, len: length, ...(ack !== undefined && { ack }) }, base)
}

const relative = (from: Seq, to: Seq): number => (to - from + 2 ** 32) % 2 ** 32

export const drawPacket = ({ fromClient: right, text }: PacketArrow, width: number): string => {
  const fill = '─'.repeat(Math.max(0, width - text.length - 6))
  return right ? `── ${text} ${fill}─▶` : `◀─${fill} ${text} ──`
}
