/**
 * The alternating-bit protocol over two channels that may lose: the smallest protocol whose retransmissions need a
 * sequence number. With `oneBit: false` the receiver cannot tell a repeated message from a new one.
 */
import type { Property } from '../property.ts'
import type { Link, Rule, System } from '../system.ts'

interface Sender {
  readonly bit: 0 | 1
  /** The message being sent, counted modulo 3 so that a lost or repeated one is noticed. */
  readonly message: number
}
interface Receiver {
  readonly expects: 0 | 1
  readonly delivered: number
}
interface Packet {
  readonly bit: 0 | 1
  readonly message: number
}

const flip = (bit: 0 | 1): 0 | 1 => (bit === 0 ? 1 : 0)
const nextMessage = (message: number): number => (message + 1) % 3

const put = (part: string): Link => ({ part, step: (held, packet) => (held === null ? [{ state: packet }] : []) })
const take = (part: string): Link => ({
  part,
  step: (held) => (held === null ? [] : [{ state: null, label: held }]),
})

export function alternatingBit({ oneBit = true } = {}): System {
  const rules: Rule[] = [
    {
      name: 'send',
      kinds: ['link'],
      links: [
        { part: 'sender', step: (s: Sender) => [{ state: s, label: { bit: s.bit, message: s.message } }] },
        put('data'),
      ],
      fairness: 'weak',
    },
    {
      name: 'deliver data',
      kinds: ['link'],
      links: [
        take('data'),
        {
          part: 'receiver',
          step: (r: Receiver, packet: Packet) =>
            oneBit && packet.bit !== r.expects
              ? [{ state: r, label: packet.bit }]
              : [
                  {
                    state: { expects: flip(r.expects), delivered: packet.message },
                    label: packet.bit,
                    effects: ['deliver'],
                  },
                ],
        },
        put('acks'),
      ],
      fairness: 'strong',
    },
    {
      name: 'deliver ack',
      kinds: ['link'],
      links: [
        take('acks'),
        {
          part: 'sender',
          step: (s: Sender, bit: 0 | 1) => [
            { state: bit === s.bit ? { bit: flip(s.bit), message: nextMessage(s.message) } : s },
          ],
        },
      ],
      fairness: 'strong',
    },
    { name: 'lose data', kinds: ['link'], links: [take('data')] },
    { name: 'lose ack', kinds: ['link'], links: [take('acks')] },
  ]
  const idle = { sender: { bit: 0, message: 0 }, receiver: { expects: 0, delivered: 2 }, data: null, acks: null }
  return { groups: [{ name: 'link', kind: 'link' }], rules, initial: [{ shared: {}, groups: [idle] }] }
}

export const alternatingBitProperties: readonly Property[] = [
  {
    id: 'delivered-in-order',
    kind: 'step',
    reads: { group: ['receiver'] },
    given: ({ effects }) => effects.includes('deliver'),
    then: ({ before, after }) => after.receiver.delivered === nextMessage(before.receiver.delivered),
  },
  {
    id: 'message-arrives',
    kind: 'leads-to',
    reads: { group: ['sender', 'receiver'] },
    given: ({ sender }) => sender.message === 0,
    then: ({ receiver }) => receiver.delivered === 0,
  },
]
