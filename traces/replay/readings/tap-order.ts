/**
 * A tap may show a SYN+ACK before the SYN that it answers: packets of two directions come to it by two queues. Nothing can be
 * answered before it is sent, so the SYN was first.
 */
import { add } from '../../../model/index.ts'
import { assuming, type Reading } from './reading.ts'

/** Seconds that a packet may lie in the queue of a tap. */
const QUEUED = 0.001

export const inOrderSent = (r: Reading): Reading => {
  const [answer, ...rest] = r.packets
  if (answer?.flags !== 'S.' || answer.time === undefined) return r
  const at = rest.findIndex((o) => o.from !== answer.from && o.flags === 'S' && o.seq !== undefined)
  const syn = rest[at]
  if (syn?.time === undefined || answer.ack !== add(syn.seq!, 1) || syn.time - answer.time > QUEUED) return r
  const packets = [{ ...syn, time: answer.time }, answer, ...rest.slice(0, at), ...rest.slice(at + 1)]
  const late = ((syn.time - answer.time) * 1000).toFixed(2)
  const words = `packet ${syn.packet}, the SYN, was sent before packet ${answer.packet}, which answers it: the tap shows it ${late} ms late`
  return assuming(r, { packets }, { id: 'tap-order', packets: [syn.packet], ceiling: 'conforms', words })
}
