/** The target that a command line names. */
import { isIPv4 } from 'node:net'
import { modelTarget, pipeTarget, type Target } from '../../traces/conform/index.ts'
import { UsageError } from '../error.ts'
import type { Place } from '../live/inside.ts'
import { kernelOf } from '../options/names.ts'

export const TARGETS = 'kernel, uml, model, model:PROFILE, pipe:COMMAND or address:IP'

export interface TargetOptions {
  readonly interface?: string
  readonly from?: string
  readonly at?: string
}

/** Makes the target; a wrong name is refused before anything is begun. */
export interface Named {
  readonly place: Place
  readonly make: () => Promise<Target>
}

export const targetNamed = (text: string, o: TargetOptions): Named => {
  const [kind, rest] = text.split(/:(.*)/s)
  if (kind !== 'address' && o.interface !== undefined)
    throw wrong('--interface', `${kind} has no interface`, 'leave it out, or give address:IP')
  for (const [option, ip] of [
    ['--from', o.from],
    ['--at', o.at],
  ] as const)
    if (ip !== undefined && !isIPv4(ip)) throw wrong(option, `"${ip}" is no address`, 'give an IPv4 address')
  if ((kind === 'kernel' || kind === 'uml') && rest === undefined)
    return {
      place: kind === 'uml' ? 'uml' : 'namespaces',
      make: async () => (await import('../../traces/conform/targets/kernel.ts')).kernelTarget(),
    }
  if (kind === 'model') {
    const profile = rest === undefined ? 'rfc9293' : kernelOf(rest)
    return { place: 'anywhere', make: async () => modelTarget(profile) }
  }
  if (kind === 'pipe' && rest) {
    const addresses = { ...(o.at && { address: o.at }), ...(o.from && { tester: o.from }) }
    return { place: 'anywhere', make: async () => pipeTarget(rest, addresses) }
  }
  if (kind === 'address' && rest) return addressNamed(rest, o)
  throw wrong('conform', `there is no target "${text}"`, `give ${TARGETS}`)
}

const addressNamed = (ip: string, o: TargetOptions): Named => {
  if (!isIPv4(ip)) throw wrong('conform', `"${ip}" is no address`, 'give an IPv4 address, as address:10.0.0.2')
  const { interface: name, from } = o
  if (name === undefined)
    throw wrong(
      'conform',
      'packets are put on no interface that is not named',
      'give --interface with that of a TUN or veth',
    )
  if (from === undefined)
    throw wrong('conform', 'the suite needs an address of its own there', 'give --from with one that no host has')
  return {
    place: 'anywhere',
    make: async () => {
      const { addressTarget } = await import('../../traces/conform/targets/address.ts')
      try {
        return await addressTarget({ address: ip, tester: from, name })
      } catch (error) {
        const remedy = 'name a TUN or veth behind which the target is, and run as root or with CAP_NET_RAW'
        throw wrong('--interface', (error as Error).message, remedy)
      }
    },
  }
}

const wrong = (place: string, cause: string, remedy: string) =>
  new UsageError({ code: 'E_VALUE', place, cause, remedy })
