/** ARP for one address of our own and one of the target. RFC 826 */
import type { PacketSocket } from '../../live/native.ts'

/** Its EtherType. */
export const ARP = 0x0806

const HEADER = 14
const REQUEST = 1
const REPLY = 2

export interface ArpOptions {
  readonly tester: string
  readonly address: string
  /** The interface's own address of Ethernet. */
  readonly own: readonly number[]
}

const bytesOf = (ip: string): number[] => ip.split('.').map(Number)
const same = (a: Uint8Array, b: readonly number[]): boolean => b.every((byte, i) => a[i] === byte)

export class Arp {
  readonly #link: PacketSocket
  readonly #own: readonly number[]
  readonly #tester: readonly number[]
  readonly #address: readonly number[]
  /** The target's address of Ethernet. */
  found: readonly number[] | undefined

  constructor(link: PacketSocket, { tester, address, own }: ArpOptions) {
    this.#link = link
    this.#own = own
    this.#tester = bytesOf(tester)
    this.#address = bytesOf(address)
  }

  asks(): void {
    this.#says(REQUEST, [255, 255, 255, 255, 255, 255], [0, 0, 0, 0, 0, 0], this.#address)
  }

  /** Answers requests for the tester's address, and takes the target's from replies. RFC 826 */
  turn(): void {
    for (let got = this.#link.read(); got !== undefined; got = this.#link.read()) {
      const arp = got.frame.subarray(HEADER)
      const [kind, mac, ip, wanted] = [arp[7], arp.subarray(8, 14), arp.subarray(14, 18), arp.subarray(24, 28)]
      if (same(mac, this.#own)) continue
      if (same(ip, this.#address)) this.found = [...mac]
      if (kind === REQUEST && same(wanted, this.#tester)) this.#says(REPLY, [...mac], [...mac], [...ip])
    }
  }

  /** The packet in a frame for the target. */
  framed(packet: Uint8Array): Uint8Array {
    return Uint8Array.of(...this.found!, ...this.#own, 0x08, 0x00, ...packet)
  }

  #says(kind: number, to: readonly number[], mac: readonly number[], ip: readonly number[]): void {
    const header = [...to, ...this.#own, 0x08, 0x06, 0, 1, 0x08, 0x00, 6, 4, 0, kind]
    this.#link.write(Uint8Array.of(...header, ...this.#own, ...this.#tester, ...mac, ...ip))
  }
}
