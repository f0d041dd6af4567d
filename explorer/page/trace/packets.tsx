/** Packets between two lifelines, and beside each what either end is by then; how many hypotheses are left. */
import type { Belief } from '../../../traces/index.ts'
import type { ReplayedOne } from '../../state/replayed.ts'
import { words } from '../prefer.ts'
import { lit } from './state.ts'

export const Packets = ({ one }: { one: ReplayedOne }) => {
  const w = words.value.trace
  const beliefs = new Map(one.timeline.map((b) => [b.packet, b]))
  const pairs = (b: Belief | undefined): number => (b ? b.possible.client.length * b.possible.server.length : 0)
  const hasTimes = one.shown.some(({ time }) => time !== undefined)
  const most = Math.max(1, ...one.timeline.map(pairs))
  return (
    <div class="scroll packets" tabIndex={0} role="group" aria-label={w.asTable}>
      <table class="rows">
        <caption class="hidden">{w.asTable}</caption>
        <thead>
          <tr>
            <th scope="col">#</th>
            {hasTimes && <th scope="col">{w.time}</th>}
            <th scope="col">{w.clientMay}</th>
            <th scope="col" class="middle">
              {w.packet}
            </th>
            <th scope="col">{w.serverMay}</th>
            <th scope="col">{w.hypotheses}</th>
          </tr>
        </thead>
        <tbody>
          {one.shown.map((p) => {
            const b = beliefs.get(p.number)
            const isDivergence = one.divergence?.packet === p.number
            return (
              <tr key={p.number} class={`${lit.value.has(p.number) ? 'lit' : ''} ${isDivergence ? 'diverges' : ''}`}>
                <th scope="row">{p.number}</th>
                {hasTimes && <td class="number">{p.time?.toFixed(3)}</td>}
                <td class="state client">{b?.client.join(' / ')}</td>
                <td class={`packet ${p.from}`}>
                  <span aria-hidden="true">{p.from === 'client' ? '' : '◀'}</span>
                  <code>{p.text}</code>
                  <span aria-hidden="true">{p.from === 'client' ? '▶' : ''}</span>
                </td>
                <td class="state server">{b?.server.join(' / ')}</td>
                <td title={b && `${b.possible.client.join(', ')} × ${b.possible.server.join(', ')}`}>
                  {b && (
                    <>
                      <meter min={0} max={most} value={pairs(b)} aria-label={w.possible(pairs(b))} /> {pairs(b)}
                    </>
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <p class="quiet">{w.counted(one.base.client, one.base.server)}</p>
      {one.more > 0 && <p class="quiet">{w.showing(`${one.shown.length}`, `${one.shown.length + one.more}`)}</p>}
    </div>
  )
}
