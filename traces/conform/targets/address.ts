/**
 * Any address behind an interface that the user names: a TUN, or an interface of Ethernet such as a veth. Nothing is sent on any other.
 * The suite's own address must be one that no host has: a kernel that had it would reset what it knows nothing of.
 */
import { PacketSocket } from '../../live/native.ts'
import type { Target } from '../target.ts'
import { ARP, Arp } from './arp.ts'
import { AT_ONCE, now, Waiting } from './waiting.ts'

const ETHERNET = 14
const TURN = 1
const ETHERNET_TYPE = 1
const NO_LINK_TYPE = 65_534
/** How long the address is asked for, ms. */
const ANSWER = 2_000

export interface AddressOptions {
  readonly address: string
  readonly tester: string
  /** Of the interface. */
  readonly name: string
}

/** @throws Error where the interface is not there, is of another kind or may not be opened, or no host has the address */
export const addressTarget = async ({ address, tester, name }: AddressOptions): Promise<Target> => {
  const { type, address: own } = PacketSocket.interfaceOf(name)
  if (type !== ETHERNET_TYPE && type !== NO_LINK_TYPE) throw new Error(`${name} is no TUN and no interface of Ethernet`)
  const header = type === ETHERNET_TYPE ? ETHERNET : 0
  const link = new PacketSocket(name)
  const asking = header > 0 ? new PacketSocket(name, ARP) : undefined
  const arp = asking && new Arp(asking, { tester, address, own })
  const waiting = new Waiting()
  let hear = (_: Uint8Array): void => {}
  const turns = setInterval(() => {
    arp?.turn()
    for (let got = link.read(); got !== undefined; got = link.read()) hear(got.frame.subarray(header))
    waiting.wakes()
  }, TURN)
  const close = () => {
    clearInterval(turns)
    link.close()
    asking?.close()
  }
  if (arp !== undefined) {
    arp.asks()
    await waiting.waits(ANSWER, () => arp.found !== undefined)
    if (arp.found === undefined) {
      close()
      throw new Error(`${address} does not answer on ${name}: ARP has no answer`)
    }
  }
  return {
    name: `address:${address}`,
    address,
    tester,
    atOnce: AT_ONCE,
    hears: (to) => {
      hear = to
    },
    send: (packet) => link.write(arp === undefined ? packet : arp.framed(packet)),
    wait: (ms, until) => waiting.waits(ms, until),
    now,
    lacks: (need) =>
      need === 'checksums' && header > 0 ? 'an interface of Ethernet may leave checksums to hardware' : undefined,
    ended: () => undefined,
    close,
  }
}
