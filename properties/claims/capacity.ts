/** How much a queue holds, found by filling it. */
import { answer, type Listener, listen, type Stack } from '../../model/index.ts'
import type { Filled } from './claim.ts'

/** Far more than any queue of the claims. */
const ENOUGH = 10_000

/** SYNs of strangers, one after another, none of which is ever acknowledged. */
const synQueue = (listener: Listener, stack: Stack): number => {
  let [l, n] = [listener, 0]
  for (; n < ENOUGH; n += 1) {
    const asked = answer(l, { ask: 'admit', approved: false }, stack)
    if (asked?.answer.answer !== 'admitted') return n
    l = asked.to
  }
  return n
}

/** Handshakes, one after another, none of which is ever accepted. */
const acceptQueue = (listener: Listener, stack: Stack): number => {
  let [l, n] = [listener, 0]
  for (; n < ENOUGH; n += 1) {
    const admitted = answer(l, { ask: 'admit', approved: false }, stack)
    if (admitted?.answer.answer !== 'admitted') return n
    const promoted = answer(admitted.to, { ask: 'promote', young: true }, stack)
    if (promoted?.answer.answer !== 'child') return n
    l = promoted.to
  }
  return n
}

export const capacity = ({ queue, backlog }: Filled, stack: Stack): number => {
  const listener = listen(backlog, stack)
  return queue === 'SYN queue' ? synQueue(listener, stack) : acceptQueue(listener, stack)
}
