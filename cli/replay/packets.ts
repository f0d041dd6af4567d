/** Packets as arrows between the two ends, in tcpdump's notation with numbers relative to the SYNs. */
import { type Flags, notation, type Seq } from '../../model/index.ts'
import { type Connection, fromClient, hasFlag, type Packet } from '../../traces/index.ts'
import { type Extent, extentOf } from '../words/columns.ts'
import { linesOf, unbrokenPairs } from '../words/paragraph.ts'

export interface PacketArrow {
  readonly number: number
  /** Seconds since the first packet of the connection, if the capture tells. */
  readonly time?: number
  readonly fromClient: boolean
  readonly text: string
  /** A late packet is drawn at both ends of its way: open to where it comes, or to where it comes from. */
  readonly open?: 'to' | 'from'
}

/** Where the numbers of both ends begin, if the capture shows it. */
export const packetBase = (connection: Connection): { client: Seq | undefined; server: Seq | undefined } => {
  const synOf = (ofClient: boolean): Seq | undefined =>
    connection.packets.find((p) => hasFlag(p, 'S') && fromClient(connection, p) === ofClient)?.sequence
  return { client: synOf(true), server: synOf(false) }
}

/** @param isShown by index: of a long connection few packets are drawn */
export const packetArrows = (connection: Connection, isShown: (i: number) => boolean): Map<number, PacketArrow> => {
  const { packets } = connection
  const base0 = packetBase(connection)
  let [client, server] = [base0.client, base0.server]
  const start = packets[0]?.time
  const arrows = new Map<number, PacketArrow>()
  for (let i = 0; i < packets.length; i++) {
    const p = packets[i]!
    const isClient = fromClient(connection, p)
    // Each SYN begins a connection of its own numbers.
    if (hasFlag(p, 'S') && p.sequence !== undefined) {
      if (isClient) client = p.sequence
      else server = p.sequence
    }
    if (!isShown(i)) continue
    const [seq, ack] = isClient ? [client, server] : [server, client]
    const isNear = (base: Seq | undefined, n: Seq | undefined) =>
      n === undefined || base === undefined || relative(base, n) < FAR
    const isOwn = isNear(seq, p.sequence) && isNear(ack, p.acknowledgment)
    const base = seq === undefined || ack === undefined || hasFlag(p, 'S') || !isOwn ? undefined : { seq, ack }
    arrows.set(i, {
      number: p.number,
      ...(p.time !== undefined && start !== undefined && { time: p.time - start }),
      fromClient: isClient,
      text: packetText(p, base),
    })
  }
  return arrows
}

/** A number farther on than any window is none of this connection: it is printed as it is. RFC 7323 §2.3 */
const FAR = 2 ** 30

const packetText = (p: Packet, base: { seq: Seq; ack: Seq } | undefined): string => {
  const { sequence, acknowledgment: ack, length } = p
  const flags = p.flags as Flags // P, U, E and W are shown as they are
  if (sequence === undefined)
    return `[${flags}]${ack === undefined ? '' : ` ack ${base ? relative(base.ack, ack) : ack}`}`
  return notation({ flags, seq: sequence, len: length, ...(ack !== undefined && { ack }) }, base)
}

const relative = (from: Seq, to: Seq): number => (to - from + 2 ** 32) % 2 ** 32

/** What an arrow takes beside its words. */
const HEAD_AND_TAIL = 6

/** Characters of an arrow with its words on one line, and with the longest of them alone. */
export const packetExtent = ({ text }: PacketArrow): Extent => {
  const { natural, least } = extentOf([unbrokenPairs(text)])
  return { natural: natural + HEAD_AND_TAIL + 1, least: least + HEAD_AND_TAIL }
}

/** An arrow from end to end, or open where a packet is late; words that it has no room for stand below it. */
export const drawPacket = (arrow: PacketArrow, width: number): string[] => {
  const [first = '', ...more] = linesOf(unbrokenPairs(arrow.text), width - HEAD_AND_TAIL)
  return [arrowOf({ ...arrow, text: first }, width), ...more.map((line) => `   ${line}`)]
}

const arrowOf = ({ fromClient: right, text, open }: PacketArrow, width: number): string => {
  const room = Math.max(0, width - text.length - HEAD_AND_TAIL)
  const fill = '─'.repeat(room)
  if (open === 'to') return right ? `── ${text} …` : `${'…'.padStart(room + 3)} ${text} ──`
  const [begin, end] = open === 'from' ? [' …', '… '] : ['──', '──']
  return right ? `${begin} ${text} ${fill}─▶` : `◀─${fill} ${text} ${end}`.trimEnd()
}
