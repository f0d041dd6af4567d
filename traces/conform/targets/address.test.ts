/** An address behind a veth that is named: the kernel of another namespace, whose own interface is not ours. */
import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { whyNotLive } from '../../live/namespaced.ts'
import { Namespace } from '../../live/native.ts'
import { requirements } from '../requirements/index.ts'
import { conform } from '../run.ts'
import { addressTarget } from './address.ts'
import { KernelServices } from './kernel-services.ts'

const whyNot = process.getuid?.() === 0 ? whyNotLive() : 'namespaces and packet sockets are made as root only'
if (whyNot !== undefined) console.warn(`SKIPPED: conform address: ${whyNot}`)

const ip = (where: Namespace, line: string) =>
  where.inside(() => execFileSync('ip', line.split(' '), { stdio: 'pipe' }))

test.skipIf(whyNot !== undefined)('it is found by ARP, and its ARP is answered', async () => {
  const [ours, theirs] = [Namespace.create(), Namespace.create()]
  ip(ours, `link add ours0 type veth peer name theirs0 netns ${theirs.path}`)
  ip(ours, 'link set ours0 up')
  ip(theirs, 'addr add 10.78.0.2/24 dev theirs0')
  ip(theirs, 'link set theirs0 up')
  const services = new KernelServices(theirs, '10.78.0.2', '10.78.0.77')
  const turns = setInterval(() => services.turn(), 2)
  const at = (address: string, name: string) =>
    ours.inside(() => addressTarget({ address, tester: '10.78.0.77', name }))
  try {
    const target = await at('10.78.0.2', 'ours0')
    const asked = requirements.filter((r) => ['LISTEN-SYN', 'RST-EXACT', 'MUST-10', 'MUST-2'].includes(r.id))
    const judged = await conform(target, asked)
    target.close()
    expect(Object.fromEntries(judged.map((j) => [j.id, j.verdict]))).toEqual({
      'LISTEN-SYN': 'meets',
      'RST-EXACT': 'meets',
      'MUST-10': 'meets',
      'MUST-2': 'not decided',
    })
    await expect(at('10.78.0.3', 'ours0')).rejects.toThrow('10.78.0.3 does not answer on ours0')
    await expect(at('10.78.0.2', 'nowhere0')).rejects.toThrow('there is no interface nowhere0')
  } finally {
    clearInterval(turns)
    services.close()
    theirs.close()
    ours.close()
  }
})
