/** Packets as a tap sees them, and the pcap they are written to. Ethernet, IPv4; what follows the headers is cut off. */
import { closeSync, openSync, writeSync } from 'node:fs'
import type { SackBlock } from '../capture.ts'

export const SYN = 0x02
export const ACK = 0x10
export const FIN = 0x01
export const RST = 0x04
export const PSH = 0x08

export type End = 'client' | 'server'

/** The addresses of one connection. */
export interface Path {
  readonly client: { readonly address: number; readonly port: number }
  readonly server: { readonly address: number; readonly port: number }
}

export interface WireOptions {
  /** Of a SYN or SYN+ACK: the options that Linux sends. */
  readonly syn?: { readonly mss: number; readonly windowScale: number }
  /** TSval, TSecr. RFC 7323 §3 */
  readonly clock?: readonly [value: number, echo: number]
  readonly sack?: readonly SackBlock[]
}

export interface WirePacket extends WireOptions {
  /** Milliseconds after the capture began. */
  readonly at: number
  readonly from: End
  readonly flags: number
  /** Modulo 2³² when it is written. */
  readonly seq: number
  readonly ack?: number
  readonly length?: number
  readonly window?: number
  readonly hops?: number
  readonly identification?: number
}

/** Ethernet, IPv4, and TCP with all the options it may have. */
const LONGEST = 14 + 20 + 60
const RECORD_HEADER = 16
/** Seconds since the epoch of the first packet. */
const BEGIN = 1_700_000_000
const BUFFER = 2 ** 20

export class PcapWriter {
  readonly #file: number
  readonly #bytes = new Uint8Array(BUFFER)
  readonly #view = new DataView(this.#bytes.buffer)
  #length = 24
  packets = 0

  constructor(path: string) {
    this.#file = openSync(path, 'w')
    this.#view.setUint32(0, 0xa1b2c3d4, true)
    this.#view.setUint16(4, 2, true)
    this.#view.setUint16(6, 4, true)
    this.#view.setUint32(16, LONGEST, true)
    this.#view.setUint32(20, 1, true)
  }

  write(path: Path, packet: WirePacket): void {
    if (this.#length + RECORD_HEADER + LONGEST > BUFFER) this.#flush()
    const start = this.#length + RECORD_HEADER
    const end = writeFrame(this.#view, start, path, packet)
    const micros = Math.round(packet.at * 1000)
    this.#view.setUint32(this.#length, BEGIN + Math.floor(micros / 1e6), true)
    this.#view.setUint32(this.#length + 4, micros % 1e6, true)
    this.#view.setUint32(this.#length + 8, end - start, true)
    this.#view.setUint32(this.#length + 12, end - start + (packet.length ?? 0), true)
    this.#length = end
    this.packets += 1
  }

  close(): void {
    this.#flush()
    closeSync(this.#file)
  }

  #flush(): void {
    writeSync(this.#file, this.#bytes.subarray(0, this.#length))
    this.#bytes.fill(0)
    this.#length = 0
  }
}

/** Into zeroed bytes. @returns where it ends */
const writeFrame = (view: DataView, start: number, path: Path, packet: WirePacket): number => {
  const isClient = packet.from === 'client'
  const [source, destination] = isClient ? [path.client, path.server] : [path.server, path.client]
  view.setUint16(start + 12, 0x0800)
  const ip = start + 14
  const tcp = ip + 20
  const end = writeOptions(view, tcp + 20, packet)
  view.setUint8(ip, 0x45)
  view.setUint16(ip + 2, end - ip + (packet.length ?? 0))
  view.setUint16(ip + 4, packet.identification ?? 0)
  view.setUint8(ip + 8, packet.hops ?? 64)
  view.setUint8(ip + 9, 6)
  view.setUint32(ip + 12, source.address)
  view.setUint32(ip + 16, destination.address)
  view.setUint16(tcp, source.port)
  view.setUint16(tcp + 2, destination.port)
  view.setUint32(tcp + 4, packet.seq)
  if (packet.ack !== undefined) view.setUint32(tcp + 8, packet.ack)
  view.setUint8(tcp + 12, ((end - tcp) / 4) << 4)
  view.setUint8(tcp + 13, packet.flags)
  view.setUint16(tcp + 14, packet.window ?? 502)
  return end
}

/** In the order of Linux (tcp_options_write), padded to words. */
const writeOptions = (view: DataView, start: number, { syn, clock, sack = [] }: WireOptions): number => {
  let at = start
  const put = (...bytes: readonly number[]): void => {
    for (const byte of bytes) view.setUint8(at++, byte)
  }
  const put32 = (number: number): void => {
    view.setUint32(at, number)
    at += 4
  }
  if (syn) put(2, 4, syn.mss >> 8, syn.mss & 0xff, ...(clock ? [4, 2] : [1, 1, 4, 2]))
  else if (clock) put(1, 1)
  if (clock) {
    put(8, 10)
    put32(clock[0])
    put32(clock[1])
  }
  if (syn) put(1, 3, 3, syn.windowScale)
  if (sack.length > 0) {
    put(1, 1, 5, 2 + 8 * sack.length)
    for (const edge of sack.flat()) put32(edge)
  }
  return at
}
