/** Damage to files, of the kinds that disks, networks and people with bad intentions do. */

/** A source of numbers: an integer from 0 to `below` - 1. */
export type Draw = (below: number) => number

type Damage = (bytes: Uint8Array, draw: Draw) => Uint8Array

/** Lengths and offsets that break sums: nothing, the largest, signs, one too many. */
const EXTREMES = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff, 24, 262_145]

const flip: Damage = (bytes, draw) => {
  const out = bytes.slice()
  for (let n = 1 + draw(16); n > 0; n--) out[draw(out.length)] = draw(256)
  return out
}

const extreme: Damage = (bytes, draw) => {
  const out = bytes.slice()
  if (out.length < 4) return out
  const at = draw(out.length - 3)
  new DataView(out.buffer).setUint32(at, EXTREMES[draw(EXTREMES.length)]!, draw(2) === 0)
  return out
}

const truncate: Damage = (bytes, draw) => bytes.slice(0, draw(bytes.length))

/** A stretch of it. */
const stretch = (bytes: Uint8Array, draw: Draw): [from: number, to: number] => {
  const from = draw(bytes.length)
  return [from, Math.min(bytes.length, from + 1 + draw(400))]
}

const remove: Damage = (bytes, draw) => {
  const [from, to] = stretch(bytes, draw)
  return joined(bytes.subarray(0, from), bytes.subarray(to))
}

const repeat: Damage = (bytes, draw) => {
  const [from, to] = stretch(bytes, draw)
  const copies = Array.from({ length: 1 + draw(20) }, () => bytes.subarray(from, to))
  return joined(bytes.subarray(0, to), ...copies, bytes.subarray(to))
}

const move: Damage = (bytes, draw) => {
  const [from, to] = stretch(bytes, draw)
  const rest = joined(bytes.subarray(0, from), bytes.subarray(to))
  const at = draw(rest.length + 1)
  return joined(rest.subarray(0, at), bytes.subarray(from, to), rest.subarray(at))
}

/** Where the frames of a little-endian pcap lie; nothing for other files. */
const framesOf = (bytes: Uint8Array): [start: number, length: number][] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 24 || view.getUint32(0, true) !== 0xa1b2c3d4) return []
  const frames: [number, number][] = []
  for (let at = 24; at + 16 <= bytes.length; ) {
    const length = view.getUint32(at + 8, true)
    if (length === 0 || at + 16 + length > bytes.length) break
    frames.push([at + 16, length])
    at += 16 + length
  }
  return frames
}

/** Packets that can be read and are not what was sent. */
const falsify: Damage = (bytes, draw) => {
  const frames = framesOf(bytes)
  if (frames.length === 0) return flip(bytes, draw)
  const out = bytes.slice()
  for (let n = 1 + draw(8); n > 0; n--) {
    const [start, length] = frames[draw(frames.length)]!
    out[start + draw(Math.min(length, 74))] = draw(256)
  }
  return out
}

/** Packets left out, and packets repeated or in another order. */
const shuffle: Damage = (bytes, draw) => {
  const frames = framesOf(bytes)
  if (frames.length === 0) return move(bytes, draw)
  const records = frames.map(([start, length]) => bytes.subarray(start - 16, start + length))
  for (let n = 1 + draw(5); n > 0; n--) {
    const [record] = records.splice(draw(records.length), 1)
    for (let copies = draw(3); record && copies > 0; copies--) records.splice(draw(records.length + 1), 0, record)
    if (records.length === 0) break
  }
  return joined(bytes.subarray(0, 24), ...records)
}

const damages: readonly Damage[] = [
  flip,
  extreme,
  truncate,
  remove,
  repeat,
  move,
  falsify,
  falsify,
  falsify,
  shuffle,
  shuffle,
  shuffle,
]

/** The same damage for the same numbers drawn. */
export const damaged = (bytes: Uint8Array, draw: Draw): Uint8Array => {
  let out = bytes
  for (let n = 1 + draw(3); n > 0 && out.length > 0; n--) out = damages[draw(damages.length)]!(out, draw)
  return out
}

const joined = (...parts: readonly Uint8Array[]): Uint8Array => {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}
