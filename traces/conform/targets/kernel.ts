/** The kernel of this machine in a namespace of its own, as it comes: its interface ends in this process. */
import { release } from 'node:os'
import { ADDRESS, Network } from '../../live/network.ts'
import type { Target } from '../target.ts'
import { KernelServices } from './kernel-services.ts'
import { fillsInChecksums } from './offload.ts'
import { AT_ONCE, now, Waiting } from './waiting.ts'

const ETHERNET = 14
/** How often packets and sockets are looked for, ms. */
const TURN = 1

/** @throws Error where no namespaces can be made */
export const kernelTarget = (): Target => {
  const network = new Network({ client: {}, server: {} })
  const { namespace, link } = network.hosts.server
  const name = namespace
    .read('dev')
    .split('\n')
    .map((line) => /^\s*(\S+):/.exec(line)?.[1])
    .find((n) => n !== undefined && n !== 'lo')
  const filledIn = name !== undefined && namespace.inside(() => fillsInChecksums(name))
  const { server: address, client: tester } = ADDRESS
  const services = new KernelServices(namespace, address, tester)
  const waiting = new Waiting()
  let hear = (_: Uint8Array): void => {}
  const takes = () => {
    for (let got = link.read(); got !== undefined; got = link.read()) {
      hear(got.frame.subarray(ETHERNET))
      waiting.wakes()
    }
  }
  const turns = setInterval(() => {
    takes()
    services.turn()
    takes()
  }, TURN)
  return {
    name: `kernel:linux-${release()}`,
    address,
    tester,
    atOnce: AT_ONCE,
    hears: (to) => {
      hear = to
    },
    send: (packet) => {
      const frame = new Uint8Array(ETHERNET + packet.length)
      frame.set([0x08, 0x00], 12)
      frame.set(packet, ETHERNET)
      link.write(network.addressed('client', frame))
    },
    wait: (ms, until) => waiting.waits(ms, until),
    now,
    lacks: (need) =>
      need === 'checksums' && !filledIn
        ? 'the interface leaves checksums to hardware that it does not have'
        : undefined,
    ended: () => undefined,
    close: () => {
      clearInterval(turns)
      services.close()
      network.close()
    },
  }
}
