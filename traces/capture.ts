/**
 * What was recorded, whatever the file was: packets of TCP, grouped into connections.
 *
 * A field that the recording does not tell is absent, never zero: tcpdump prints no sequence number for a pure ACK, an
 * article strips the options, a short snaplen cuts them off.
 */
import type { Seq } from '../model/sequence.ts'
import type { Sysctls } from '../model/sysctl.ts'

/** One end of a connection. The port is a string only where the text gave a service name (`http`); names stay opaque. */
export interface Endpoint {
  readonly address: string
  readonly port: number | string
}

/** Control bits in tcpdump's letters: W is CWR, E is ECE, `.` is ACK. RFC 9293 §3.1, RFC 3168 §6.1. */
export type Flag = 'S' | 'F' | 'R' | 'P' | '.' | 'U' | 'E' | 'W'

/** A SACK block: the sequence number of its first byte and the one after its last. RFC 2018 §3. */
export type SackBlock = readonly [left: Seq, right: Seq]

export interface TcpOptions {
  /** Bytes. RFC 9293 §3.7.1 */
  readonly mss?: number
  /** The shift count, 0 to 14. RFC 7323 §2 */
  readonly windowScale?: number
  readonly sackPermitted?: true
  readonly sack?: readonly SackBlock[]
  /**
   * TSval and TSecr, in the sender's and the receiver's own ticks. RFC 7323 §3
   * A script of packetdrill tells no TSval of what the kernel sends: it writes a name for whatever value comes.
   */
  readonly timestamp?: { readonly value?: number; readonly echo: number }
}

export interface Packet {
  /**
   * The number people call it by, from 1: the frame number of the file (as Wireshark counts, frames that are not TCP
   * included) or the number printed at the head of the line. It rises, but it is no index into an array.
   */
  readonly number: number
  /** Seconds: since the epoch in pcap, since whatever the text counts from otherwise (see the notes of the capture). */
  readonly time?: number
  readonly source: Endpoint
  readonly destination: Endpoint
  /** Letters of `Flag`, always in the order `SFRP.UEW`; empty for a null segment. */
  readonly flags: string
  /** Of the first byte, or of SYN. Absolute, unless `Connection.numbering` says that the capture never told. */
  readonly sequence?: Seq
  /** Only with the ACK bit. */
  readonly acknowledgment?: Seq
  /** The field as sent, not scaled. */
  readonly window?: number
  /** Bytes of payload on the wire, also of those that the capture cut off. */
  readonly length: number
  /** Absent when unknown; an empty record means that the segment had none. */
  readonly options?: TcpOptions
  /** Time to live (RFC 791 §3.1) or hop limit (RFC 8200 §3), as captured. */
  readonly hops?: number
  /** The identification field of IPv4. RFC 6864 */
  readonly identification?: number
  /** The snaplen cut the TCP header: options may be missing. */
  readonly truncated?: true
}

/** Whether the packet has the control bit. */
export const hasFlag = (packet: Packet, flag: Flag): boolean => packet.flags.includes(flag)

/** How the client was told from the server, the surest first; `port` and `first packet` are guesses. */
export type ClientKnownBy = 'SYN' | 'SYN+ACK' | 'port' | 'first packet'

/** All packets between two endpoints: one 4-tuple, possibly several incarnations of it. */
export interface Connection {
  /** From 0, in the order of first packets, as `tcp.stream` counts as long as no 4-tuple is used twice. */
  readonly id: number
  /** The sender of the first SYN without ACK, or the best guess: see `clientKnownBy`. */
  readonly client: Endpoint
  readonly server: Endpoint
  readonly clientKnownBy: ClientKnownBy
  /**
   * Whether the sequence numbers of an end (its own, and the other end's acknowledgments of them) are those of the
   * wire. `relative` numbers count from a point that the text does not tell; they compare among themselves as usual.
   */
  readonly numbering: { readonly client: Numbering; readonly server: Numbering }
  readonly packets: readonly Packet[]
  /** How many of its packets are those of another connection, re-addressed on the way to this one. */
  readonly ofOthers?: number
  /** Where packets are made when they are looked at: lets go of those that were made. */
  forgetPackets?(): void
}

export type Numbering = 'absolute' | 'relative'

export interface Capture {
  /** The name of the file as the user gave it. */
  readonly file: string
  readonly format: 'tcpdump' | 'pcap' | 'pcapng' | 'packetdrill'
  readonly packets: readonly Packet[]
  readonly connections: readonly Connection[]
  /** Packets that the capture itself dropped, where it tells. */
  readonly dropped?: number
  /** What was skipped, guessed or cut, one sentence each. */
  readonly notes: readonly string[]
  /** What else a script of packetdrill tells. */
  readonly script?: ScriptFacts
}

/** A system call of a script. */
export interface ScriptCall {
  readonly line: number
  /** How many packets pass before it returns. */
  readonly after: number
  /** `accept(3, ..., ...) = 4` */
  readonly words: string
  /** The states in which the kernel's end answers so; absent where the answer tells nothing. */
  readonly states?: readonly string[]
}

/** What a script of packetdrill tells of the kernel under test. */
export interface ScriptFacts {
  /** Which end of the connection is the kernel under test. */
  readonly local: 'client' | 'server'
  readonly sysctls: Partial<Sysctls>
  readonly backlog?: number
  readonly calls: readonly ScriptCall[]
  /** What packetdrill itself puts on the wire: no stack sends it, and none has to account for it. */
  readonly injected: readonly InjectedSegment[]
  /** What the script is about and the model has no rule for, by name. */
  readonly unmodelled?: string
}

/** A packet that no stack sent, as it can be recognized. */
export interface InjectedSegment {
  /** Seconds, by the clock of the capture. */
  readonly time: number
  readonly source: number
  readonly destination: number
  readonly flags: string
  readonly seq: Seq
  readonly ack?: Seq
  readonly len: number
}

/** Readers make one object of an end where they can. */
export const sameEndpoint = (a: Endpoint, b: Endpoint): boolean =>
  a === b || (a.address === b.address && a.port === b.port)

/** `10.0.0.1:502`, `[2001:db8::1]:502`. */
export const endpointText = ({ address, port }: Endpoint): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`

/** Whether the client sent this packet of the connection. */
export const fromClient = (connection: Connection, packet: Packet): boolean =>
  sameEndpoint(packet.source, connection.client) && sameEndpoint(packet.destination, connection.server)
