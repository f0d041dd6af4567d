import { acceptQueueOf, type Queue, type Slot, synQueueOf } from '../../state/slots.ts'
import { words } from '../prefer.ts'
import { bench, lastStep, world } from '../store.ts'

export const Queues = () => {
  const w = words.value.bench
  const { setting } = bench.value
  const { listener } = world.value.shared
  const [syn, accept] = [synQueueOf(world.value, setting), acceptQueueOf(world.value, setting)]
  const changed = lastStep.value?.changes.map(({ what }) => what) ?? []
  const isFull = ({ room, used }: Queue) => room !== undefined && used >= room
  const { sysctls } = setting.serverStack
  return (
    <section class="listener" aria-labelledby="listener-heading">
      <h3 id="listener-heading">{w.listener}</h3>
      {listener.closed && <p class="notice">{w.gone}</p>}
      <div class="queues">
        <QueueRow name={w.synQueue} queue={syn} hasChanged={changed.includes('SYN queue')} />
        <QueueRow name={w.acceptQueue} queue={accept} hasChanged={changed.includes('accept queue')} />
      </div>
      {isFull(accept) && <p class="full">{sysctls.tcp_abort_on_overflow === 1 ? w.fullAcceptAbort : w.fullAccept}</p>}
      {isFull(syn) && sysctls.tcp_syncookies === 0 && <p class="full">{w.fullSyn}</p>}
      {listener.cookies !== undefined && <p>{w.cookies}</p>}
    </section>
  )
}

/** A longer queue is drawn up to here. */
const DRAWN = 10

const QueueRow = ({ name, queue, hasChanged }: { name: string; queue: Queue; hasChanged: boolean }) => {
  const w = words.value.bench
  const { slots, used, room } = queue
  const said = room === undefined ? w.noLimit(used) : w.slots(used, room)
  return (
    <div class={`queue ${hasChanged ? 'changed' : ''}`}>
      <h4>{name}</h4>
      <ul>
        {slots.slice(0, DRAWN).map((slot, i) => (
          <SlotBox key={i} slot={slot} />
        ))}
        {slots.length > DRAWN && <li class="more">… {slots.length}</li>}
      </ul>
      <p class="count">
        {said}
        {room !== undefined && used >= room && <strong> {w.full}</strong>}
      </p>
    </div>
  )
}

const SlotBox = ({ slot: { holds, beyond } }: { slot: Slot }) => {
  const w = words.value.bench
  const text = holds === undefined ? '' : typeof holds === 'number' ? `${holds}` : holds === 'dead' ? '†' : '•'
  const said =
    holds === undefined
      ? w.empty
      : typeof holds === 'number'
        ? w.connection(holds)
        : holds === 'dead'
          ? w.dead
          : w.other
  return (
    <li class={`slot ${holds === undefined ? 'free' : 'taken'} ${beyond ? 'beyond' : ''}`} title={said}>
      <span aria-hidden="true">{text}</span>
      <span class="hidden">{said}</span>
    </li>
  )
}
