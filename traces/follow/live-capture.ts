/** Packets of a pcap or pcapng that is still being written, one after another, in bounded memory. */
import type { Capture, Packet } from '../capture.ts'
import type { Collector } from '../readers/collect.ts'
import type { Decoder } from '../readers/decoder.ts'
import { ReadError } from '../readers/error.ts'
import { Fragments } from '../readers/fragments.ts'
import { intern, readFrame } from '../readers/frame.ts'
import { isPcap, pcapDecoder } from '../readers/pcap.ts'
import { isPcapng, pcapngDecoder } from '../readers/pcapng.ts'
import { Twins } from '../readers/twins.ts'

/** Frames after which what was remembered of addresses, pieces of datagrams and copies is forgotten. */
const RENEW = 200_000

/** @param take is given each packet of TCP once. @throws ReadError E_NOT_A_CAPTURE for anything but a pcap or pcapng */
export const livePackets = (file: string, take: (packet: Packet) => void): Decoder => {
  let decoder: Decoder | undefined
  let begun: Uint8Array = new Uint8Array()
  return {
    push(piece) {
      if (decoder !== undefined) {
        decoder.push(piece)
        return
      }
      begun = joined(begun, piece)
      if (begun.length < 4) return
      decoder = decoderOf(begun, file, taking(file, take))
      decoder.push(begun)
      begun = new Uint8Array()
    },
    end: () => (decoder === undefined ? fails(file) : decoder.end()),
  }
}

const decoderOf = (begun: Uint8Array, file: string, collector: Collector): Decoder => {
  if (isPcap(begun)) return pcapDecoder(file, collector)
  if (isPcapng(begun)) return pcapngDecoder(file, collector)
  throw notPcap(file)
}

const taking = (file: string, take: (packet: Packet) => void): Collector => {
  let seen = { endpoint: intern(), fragments: new Fragments(), twins: new Twins() }
  let frames = 0
  return {
    add(data, frame) {
      if (++frames % RENEW === 0) seen = { endpoint: intern(), fragments: new Fragments(), twins: new Twins() }
      if (seen.twins.twinOf(data, frame) === 'elsewhere') return
      const packet = readFrame(data, frame, seen.endpoint, seen.fragments)
      if (typeof packet !== 'string') take(packet)
    },
    note: () => {},
    dropped: () => {},
    capture: (): Capture => ({ file, format: 'pcap', packets: [], connections: [], notes: [] }),
  }
}

const joined = (a: Uint8Array, b: Uint8Array): Uint8Array => {
  const all = new Uint8Array(a.length + b.length)
  all.set(a)
  all.set(b, a.length)
  return all
}

const notPcap = (file: string): ReadError =>
  new ReadError({
    code: 'E_NOT_A_CAPTURE',
    place: file,
    cause: 'is neither pcap nor pcapng, the formats that can be followed while they are written',
    remedy: 'tcpdump -U -w - | halfopen replay - --follow',
  })

const fails = (file: string): never => {
  throw new ReadError({ code: 'E_EMPTY', place: file, cause: 'ended before a packet', remedy: 'see what tcpdump said' })
}
