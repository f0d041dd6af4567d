/** Two kernels or settings side by side, stepped together until they part. */
import { clientState, serverState } from '../../../traces/writers/facts.ts'
import { worldAfter } from '../../state/run.ts'
import { words } from '../prefer.ts'
import { address, at, bench, compared, other, world } from '../store.ts'
import { FindParting } from './find-parting.tsx'

export const Compare = () => {
  const second = other.value
  const both = compared.value
  if (second === undefined || both === undefined) return null
  const w = words.value.bench
  const { parting } = both
  const there = worldAfter(second, both.other.steps)
  const name =
    address.value.beside?.kernel ??
    Object.entries(address.value.beside?.sysctls ?? {})
      .map((e) => e.join(' = '))
      .join(', ')
  const rows = bench.value.initial.groups.flatMap((_, i) => [
    [`${i + 1} ${w.client}`, clientState(world.value.groups[i]!.client), clientState(there.groups[i]!.client)],
    [`${i + 1} ${w.server}`, serverState(world.value.groups[i]!.server), serverState(there.groups[i]!.server)],
  ])
  const queues = [
    [w.synQueue, world.value.shared.listener.requests, there.shared.listener.requests],
    [w.acceptQueue, world.value.shared.listener.acceptQueue, there.shared.listener.acceptQueue],
  ]
  return (
    <section class={`compare ${parting ? 'parted' : ''}`} aria-live="polite">
      <p>
        {parting === undefined
          ? w.parts.none(at.value)
          : parting.by === 'impossible'
            ? w.parts.impossible(parting.step, name)
            : w.parts[parting.by](parting.step)}
      </p>
      <table>
        <thead>
          <tr>
            <td />
            <th scope="col">{w.here}</th>
            <th scope="col">{name}</th>
          </tr>
        </thead>
        <tbody>
          {[...rows, ...queues].map(([what, one, two]) => (
            <tr key={what} class={one === two ? '' : 'differs'}>
              <th scope="row">{what}</th>
              <td>{one}</td>
              <td>{two}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <FindParting />
    </section>
  )
}
