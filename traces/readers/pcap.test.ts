import { describe, expect, it } from 'vitest'
import { readPcap } from './pcap.ts'
import { ACK, bytes, ethernet, ipv4, pcap, SYN, tcp, u32 } from './testing/bytes.ts'
import { failure } from './testing/fails.ts'

const frame = ethernet(ipv4(tcp()))

describe('pcap', () => {
  it.each([
    { little: true, nanoseconds: false, fraction: 250_000 },
    { little: false, nanoseconds: false, fraction: 250_000 },
    { little: true, nanoseconds: true, fraction: 250_000_000 },
    { little: false, nanoseconds: true, fraction: 250_000_000 },
  ])('little $little, nanoseconds $nanoseconds: the same packet', ({ little, nanoseconds, fraction }) => {
    const file = pcap([{ data: frame, time: [1_795_226_300, fraction] }], { little, nanoseconds })
    expect(readPcap(file, 'a.pcap')).toEqual({
      file: 'a.pcap',
      format: 'pcap',
      packets: [
        {
          number: 1,
          time: 1_795_226_300.25,
          source: { address: '10.0.0.1', port: 40_000 },
          destination: { address: '10.0.0.2', port: 502 },
          flags: 'S',
          sequence: 1000,
          window: 64_240,
          length: 0,
          options: {},
          hops: 64,
          identification: 0,
        },
      ],
      connections: [expect.objectContaining({ id: 0, clientKnownBy: 'SYN' })],
      notes: [],
    })
  })

  it('no record: an empty capture that says so', () => {
    expect(readPcap(pcap([]))).toMatchObject({ packets: [], notes: ['no TCP packet in this capture'] })
  })

  it('numbers are the frame numbers of the file, and what is skipped is counted', () => {
    const udp = { data: ethernet(ipv4(tcp(), { protocol: 17 })) }
    const arp = { data: ethernet(tcp(), 0x0806) }
    const capture = readPcap(pcap([udp, { data: frame }, arp, udp, { data: frame }]))
    expect(capture.packets.map((packet) => packet.number)).toEqual([2, 5])
    expect(capture.notes).toEqual(['2 frames skipped: not TCP', '1 frame skipped: not IP'])
  })

  it('the length is that of the wire, not of what was captured, and padding is no payload', () => {
    const whole = ethernet(ipv4(tcp({ flags: ACK, payload: 100 })))
    const padded = bytes(frame, new Uint8Array(6))
    const capture = readPcap(pcap([{ data: whole.subarray(0, 60), original: whole.length }, { data: padded }]))
    expect(capture.packets.map(({ length, truncated }) => [length, truncated])).toEqual([
      [100, undefined],
      [0, undefined],
    ])
  })

  it('a snaplen inside the options: the packet is kept and marked', () => {
    const options = [2, 4, 5, 0xb4, 3, 3, 7, 1]
    const whole = ethernet(ipv4(tcp({ options })))
    const capture = readPcap(pcap([{ data: whole.subarray(0, whole.length - 4), original: whole.length }]))
    expect(capture.packets[0]).toMatchObject({ truncated: true, options: { mss: 1460 }, length: 0 })
    expect(capture.notes).toEqual(['1 frame cut inside the TCP header: options may be missing'])
  })

  it('a snaplen before the window: skipped', () => {
    const capture = readPcap(pcap([{ data: frame.subarray(0, 14 + 20 + 15), original: frame.length }]))
    expect(capture.notes).toContain('1 frame skipped: cut before its TCP header ends')
  })

  it('a frame that segmentation offload never filled in: the length of the frame counts', () => {
    const capture = readPcap(pcap([{ data: ethernet(ipv4(tcp({ payload: 30 }), { total: 0 })) }]))
    expect(capture.packets[0]?.length).toBe(30)
  })

  it('an acknowledgment number without the ACK bit is not one', () => {
    const capture = readPcap(pcap([{ data: ethernet(ipv4(tcp({ flags: SYN, ack: 77 }))) }]))
    expect(capture.packets[0]).not.toHaveProperty('acknowledgment')
  })
})

describe('bad pcap', () => {
  const file = pcap([{ data: frame }, { data: frame }])
  const recordLength = 16 + frame.length

  it('not a pcap', () => {
    expect(failure(() => readPcap(new Uint8Array(100), 'x'))).toMatchObject({ code: 'E_NOT_A_CAPTURE', place: 'x' })
    expect(failure(() => readPcap(new Uint8Array(3)))).toMatchObject({ code: 'E_NOT_A_CAPTURE' })
  })

  it('the file header is cut', () => {
    const error = failure(() => readPcap(file.subarray(0, 10), 'x'))
    expect(error.message).toBe(
      'x: byte 10: the file header ends after 10 of 24 bytes; copy or record the file again [E_PCAP_HEADER]',
    )
  })

  it('another version, another link type', () => {
    expect(failure(() => readPcap(pcap([], { version: 3 })))).toMatchObject({ code: 'E_PCAP_HEADER' })
    expect(failure(() => readPcap(pcap([], { linkType: 105 })))).toMatchObject({ code: 'E_LINK_TYPE' })
  })

  it('cut in a record header: the packets before it are kept', () => {
    const error = failure(() => readPcap(file.subarray(0, 24 + recordLength + 5), 'x'))
    expect(error).toMatchObject({ code: 'E_PCAP_TRUNCATED', place: `x: packet 2, byte ${24 + recordLength}` })
    expect(error.partial?.packets).toHaveLength(1)
  })

  it('cut in a record: the packets before it are kept', () => {
    const error = failure(() => readPcap(file.subarray(0, -1), 'x'))
    expect(error.message).toContain(
      `x: packet 2, byte ${24 + recordLength}: the file ends ${frame.length - 1} bytes into`,
    )
    expect(error.partial?.connections).toHaveLength(1)
  })

  it('a length that cannot be: no memory is taken for it', () => {
    const lie = bytes(pcap([{ data: frame }]), u32(0), u32(0), u32(0xffff_fff0, true), u32(0))
    const error = failure(() => readPcap(lie))
    expect(error).toMatchObject({ code: 'E_PCAP_CORRUPT', cause: 'a record cannot hold 4294967280 bytes' })
    expect(error.partial?.packets).toHaveLength(1)
  })
})
