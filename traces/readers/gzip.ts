/** Compressed captures, read as they are unpacked: however much is in them, no more than a piece of it is held. RFC 1952 */
import { crc32 } from 'node:zlib'
import { Gunzip } from 'fflate'
import type { Decoder } from './decoder.ts'
import { ReadError } from './error.ts'

export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

/** The checksum and the length that end a member. */
const TRAILER = 8
/** Header, the shortest text, trailer. */
const SHORTEST_MEMBER = 20
/** Bytes unpacked at a time: they hold few members, and what they can unpack to, a thousand times as much, is held at once. */
const PORTION = 8192

/** @param inner reads what was packed; its errors are passed on. Throws ReadError E_GZIP where the packing is damaged or cut. */
export const gunzipping = (file: string, inner: Decoder): Decoder => {
  let tail: Uint8Array = new Uint8Array()
  let packed = 0
  let member = { start: 0, crc: 0, length: 0 }
  const gunzip = new Gunzip((piece) => {
    if (piece.length === 0) return
    member = { ...member, crc: crc32(piece, member.crc), length: member.length + piece.length }
    inner.push(piece)
  })
  gunzip.onmember = (start) => {
    member = { start, crc: 0, length: 0 }
  }
  const unpack = (piece: Uint8Array, final: boolean): void => {
    try {
      gunzip.push(piece, final)
    } catch (error) {
      if (error instanceof ReadError || !(error instanceof Error)) throw error
      throw /EOF/i.test(error.message) ? cut(file, inner) : damaged(file, inner)
    }
  }
  return {
    push(piece) {
      tail = lastOf(tail, piece)
      packed += piece.length
      for (let at = 0; at < piece.length; at += PORTION) unpack(piece.subarray(at, at + PORTION), false)
    },
    end() {
      unpack(new Uint8Array(), true)
      if (packed - member.start < SHORTEST_MEMBER) throw cut(file, inner)
      const trailer = new DataView(tail.buffer, tail.byteOffset)
      // Of several members only the last is held to its checksum.
      if (trailer.getUint32(0, true) !== member.crc || trailer.getUint32(4, true) !== member.length % 2 ** 32)
        throw damaged(file, inner)
      return inner.end()
    },
  }
}

const lastOf = (tail: Uint8Array, piece: Uint8Array): Uint8Array =>
  piece.length >= TRAILER ? piece.slice(-TRAILER) : Uint8Array.from([...tail, ...piece].slice(-TRAILER))

const cut = (file: string, inner: Decoder): ReadError =>
  unreadable(file, 'the compressed file ends before what is in it does', inner)

const damaged = (file: string, inner: Decoder): ReadError =>
  unreadable(file, 'the compressed file is damaged: its checksum does not fit', inner)

/** What was unpacked until there is kept. */
const unreadable = (file: string, cause: string, inner: Decoder): ReadError => {
  const partial = readSoFar(inner)
  const remedy = `${partial ? 'packets before it were read; ' : ''}copy or compress the file again`
  return new ReadError({ code: 'E_GZIP', place: file, cause, remedy, ...(partial && { partial }) })
}

const readSoFar = (inner: Decoder) => {
  try {
    return inner.end()
  } catch (error) {
    return error instanceof ReadError ? error.partial : undefined
  }
}
