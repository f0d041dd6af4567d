/** A ghost connection is named as soon as there is one: it is what people come for. */
import type { Setting, World } from '../../../model/index.ts'
import { words } from '../prefer.ts'
import { bench, goTo, world } from '../store.ts'

export const ghosts = ({ shared: { listener }, groups }: World, { serverStack }: Setting): number[] =>
  serverStack.dialect.queues && listener.acceptQueue > listener.backlog
    ? groups.flatMap(({ client, server }, i) =>
        client.socket.state === 'ESTABLISHED' && server.object.kind === 'request' ? [i + 1] : [],
      )
    : []

export const GhostNote = () => {
  const all = ghosts(world.value, bench.value.setting)
  if (all.length === 0) return null
  const w = words.value.bench
  return (
    <aside class="ghost" aria-live="polite">
      {all.map((n) => (
        <p key={n}>{w.ghost(n)}</p>
      ))}
      <p>
        <button type="button" onClick={() => openSettings()}>
          {w.ghostRemedy}
        </button>
      </p>
    </aside>
  )
}

const openSettings = (): void => {
  goTo('bench')
  const details = document.querySelector<HTMLDetailsElement>('details.settings')
  if (details === null) return
  details.open = true
  details.querySelector<HTMLElement>('[name="tcp_abort_on_overflow"]')?.focus()
}
