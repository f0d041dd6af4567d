/** What is tested: something that takes packets of IPv4 and sends some. */

/**
 * What runs on the target's side, by the name and the port of a service. The first four are those of RFC 862 to 867, which inetd has;
 * a target without some of them is judged by what it has.
 */
export const services = {
  echo: { port: 7, does: 'sends back what it receives, and closes when its peer has closed (RFC 862)' },
  discard: { port: 9, does: 'receives and drops, and closes when its peer has closed (RFC 863)' },
  daytime: { port: 13, does: 'sends a line of text and closes at once (RFC 867)' },
  chargen: { port: 19, does: 'sends text without end (RFC 864)' },
  hold: { port: 1009, does: 'accepts, and then neither receives nor sends nor closes' },
  half: { port: 1010, does: 'shuts down sending at once, goes on receiving, and closes when its peer has closed' },
  abort: { port: 1012, does: 'aborts (SO_LINGER with time 0) when text has arrived' },
  unread: { port: 1013, does: 'closes when text has arrived, and does not read it' },
  dial: {
    port: 1014,
    does: 'connects to the port after that of its peer, at its peer’s address, and does there as discard does',
  },
} as const

export type Service = keyof typeof services
export const serviceNames = Object.keys(services) as Service[]

/** A port at which nothing may listen. */
export const CLOSED_PORT = 1001

/** What a target may have besides services; the model has not all of it. */
export type Need =
  /** Windows that shut, and respect for the peer's. */
  | 'windows'
  /** Initial sequence numbers of its own choice. */
  | 'initial numbers'
  /** IP addresses. */
  | 'addresses'
  /** Checksums in the packets, not left to an interface. */
  | 'checksums'

export interface Target {
  readonly name: string
  readonly address: string
  /** The address that the suite's own end has. */
  readonly tester: string
  /** How many requirements may be tried at a time. */
  readonly atOnce: number
  /** Its time is its own: nothing takes long. */
  readonly ownTime?: true
  send(packet: Uint8Array): void
  /** Where packets of the target go; set once, before anything is sent. */
  hears(packet: (bytes: Uint8Array) => void): void
  /** Time passes: at most so many ms, and no more once `until` is true after a packet. */
  wait(ms: number, until: () => boolean): Promise<void>
  /** ms, from any beginning. */
  now(): number
  /** Why the target has no such thing. */
  lacks(need: Need): string | undefined
  /** Why it has ended of itself. */
  ended(): string | undefined
  close(): void
}
