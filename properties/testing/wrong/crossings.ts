/** Wrong reducers of crossing SYNs, reboots and gauges. */
import type { Server } from '../../../model/index.ts'
import { at, onServerTcb, readsOneMore, tcb, type Where, type WrongRow, withObject } from '../wrongModels.ts'

const crossing: Where = ['simultaneous-open', { retries: 0, loss: 0 }]
const reboot: Where = ['half-open-connection', {}]
const strangers: Where = ['opening-among-strangers', {}]

export const wrongCrossings: readonly WrongRow[] = [
  [
    'H16',
    crossing,
    'a crossed SYN puts its connection into the accept queue',
    at('server', (o, was) => {
      const { object } = was as Server
      const crossed = object.kind === 'child' && object.socket.state === 'SYN_SENT' && o.state.object.kind === 'child'
      return crossed ? withObject(o, { ...o.state.object, place: 0 }) : o
    }),
  ],
  ["DT1'", strangers, 'text that is counted twice', onServerTcb((s) => s.len > 0 && s.ack === 501, readsOneMore)],
  [
    'N4',
    strangers,
    'a server that has closed goes back to CLOSE_WAIT',
    at('server', (o, was, { segment }) => {
      const { object } = was as Server
      const closing = object.kind === 'child' && object.socket.state === 'FIN_WAIT1' && segment !== undefined
      return closing && o.effects !== undefined ? withObject(o, { kind: 'child', socket: tcb('CLOSE_WAIT') }) : o
    }),
  ],
  [
    'N10',
    strangers,
    'a counter that is taken back',
    at('client', (o) => ({ ...o, effects: o.effects?.map((e) => e.replace('counted ', 'counted −')) ?? [] })),
  ],
  [
    'L13',
    reboot,
    'a server that is deaf to RST',
    at('server', (o, was, { segment }) =>
      (was as Server).object.kind === 'child' && segment?.flags === 'R' && o.effects !== undefined
        ? { ...o, state: was }
        : o,
    ),
  ],
]
