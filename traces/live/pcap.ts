/** Packets as a pcap file of Ethernet, with microseconds. draft-ietf-opsawg-pcap */
export const pcapOf = (packets: readonly { readonly time: number; readonly bytes: Uint8Array }[]): Uint8Array => {
  const size = packets.reduce((n, p) => n + 16 + p.bytes.length, 24)
  const file = new Uint8Array(size)
  const v = new DataView(file.buffer)
  v.setUint32(0, 0xa1b2c3d4)
  v.setUint16(4, 2)
  v.setUint16(6, 4)
  v.setUint32(16, 65_535)
  v.setUint32(20, 1)
  let at = 24
  for (const { time, bytes } of packets) {
    const microseconds = Math.round(time * 1e6)
    v.setUint32(at, Math.floor(microseconds / 1e6))
    v.setUint32(at + 4, microseconds % 1e6)
    v.setUint32(at + 8, bytes.length)
    v.setUint32(at + 12, bytes.length)
    file.set(bytes, at + 16)
    at += 16 + bytes.length
  }
  return file
}
