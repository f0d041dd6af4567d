/** Sysctls that kernels have and the model has not: what they do, so that none is taken for imagined. */
import { knobNamed } from '../../model/index.ts'
import type { Explanation } from './explanation.ts'
import { connections } from './unmodelled/connections.ts'
import { host } from './unmodelled/host.ts'
import { text } from './unmodelled/text.ts'

interface Unmodelled {
  readonly name: string
  readonly means: string
  readonly unit: string
  readonly default: string
  readonly source: string
}

export const unmodelled: readonly Unmodelled[] = [...connections, ...text, ...host]
  .map(([name, means, unit, shipped, source]) => ({ name, means, unit, default: shipped, source }))
  .filter(({ name }) => knobNamed(name) === undefined)

/** By its name or its path: `tcp_mem`, `net.ipv4.tcp_mem`, `net.ipv4.conf.all.rp_filter`. */
export const unmodelledNamed = (id: string): Unmodelled | undefined => {
  const bare = id.replace(/^net[./](ipv4|core|netfilter)[./](conf[./][^./]+[./])?/, '').toLowerCase()
  return unmodelled.find(({ name }) => name === bare)
}

export const ofUnmodelled = ({ name, means, unit, default: value, source }: Unmodelled): Explanation => ({
  id: name,
  is: 'sysctl',
  means,
  unit,
  default: value,
  source,
  modelled: 'no: no world can set it',
})
