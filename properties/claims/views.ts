/** Questions about what the tools print. */
import { linesOf, netstat, type Setting, ss, ssListening, type World } from '../../model/index.ts'
import { invariant, reachable, type TcpProperty, type WholeView } from '../property.ts'

const reads = { group: ['server', 'client'], shared: ['listener'], everyGroup: true }

interface Printed {
  /** Rows of `netstat -anto` on the server as words, the listener's first. */
  readonly netstat: readonly (readonly string[])[]
  /** The row of `ss -lnt`, as words: state, Recv-Q, Send-Q. */
  readonly ss: readonly string[]
  readonly ssRows: readonly (readonly string[])[]
  readonly view: WholeView
}

const words = (line: string): string[] => line.trim().split(/\s+/)

const printed = (setting: Setting, view: WholeView): Printed => {
  const groups = view.server.map((server, i) => ({ ...empty, server, client: view.client[i]! }))
  const world: World = { shared: { listener: view.listener, connecting: 0 }, groups }
  const lines = linesOf(world, setting, 'server')
  const [listening = ''] = ssListening(lines).slice(1)
  return {
    netstat: netstat(lines).slice(2).map(words),
    ss: words(listening),
    ssRows: ss(lines).slice(1).map(words),
    view,
  }
}

const empty = { up: [], down: [], wire: { loss: 0, duplication: 0, reordering: 0, forgery: 0 } } as const

type Says = Pick<TcpProperty, 'id' | 'sentence' | 'formula'>

const always = (says: Says, given: (p: Printed) => boolean, then: (p: Printed) => boolean): TcpProperty =>
  invariant({ ...says, family: 'queues', source: 'linux: tcp_diag_get_info, get_tcp4_sock' }, (setting) => ({
    reads,
    given: (v: WholeView) => given(printed(setting, v)),
    then: (v: WholeView) => then(printed(setting, v)),
  }))

const sometimes = (says: Says, when: (p: Printed) => boolean): TcpProperty =>
  reachable({ ...says, family: 'reachable', source: 'linux: tcp_diag_get_info, get_tcp4_sock' }, (setting) => ({
    reads,
    when: (v: WholeView) => when(printed(setting, v)),
  }))

const queuesDiffer = ({ view: { listener: l } }: Printed) => l.requests !== l.acceptQueue
const RECV_Q = 1
const SEND_Q = 2

export const recvQIsSynQueue = always(
  {
    id: 'netstat-recv-q-is-syn-queue',
    sentence: 'In LISTEN netstat’s Recv-Q is the length of the SYN queue.',
    formula: '□ Recv-Q = q',
  },
  queuesDiffer,
  ({ netstat: [listener], view }) => Number(listener![RECV_Q]) === view.listener.requests,
)

export const recvQIsAcceptQueue = always(
  {
    id: 'recv-q-is-accept-queue',
    sentence: 'In LISTEN Recv-Q is the length of the accept queue, in ss and in netstat.',
    formula: '□ Recv-Q = a',
  },
  queuesDiffer,
  ({ netstat: [listener], ss: row, view }) =>
    Number(listener![RECV_Q]) === view.listener.acceptQueue && Number(row[RECV_Q]) === view.listener.acceptQueue,
)

export const netstatShowsLimit = always(
  {
    id: 'netstat-send-q-is-limit',
    sentence: 'In LISTEN netstat’s Send-Q is the maximum of a queue.',
    formula: '□ Send-Q = B',
  },
  ({ view }) => view.listener.backlog > 0,
  ({ netstat: [listener], view }) => Number(listener![SEND_Q]) === view.listener.backlog,
)

export const ssShowsLimit = always(
  {
    id: 'ss-send-q-is-limit',
    sentence: 'In LISTEN the Send-Q of ss is the maximum of the accept queue.',
    formula: '□ Send-Q = B',
  },
  ({ view }) => view.listener.backlog > 0,
  ({ ss: row, view }) => Number(row[SEND_Q]) === view.listener.backlog,
)

export const ssSendQIsLength = always(
  {
    id: 'ss-send-q-is-length',
    sentence: 'In LISTEN the Send-Q of ss is the present length of the accept queue.',
    formula: '□ Send-Q = a',
  },
  ({ view }) => view.listener.acceptQueue > 0,
  ({ ss: row, view }) => Number(row[SEND_Q]) === view.listener.acceptQueue,
)

export const ssShowsOneMore = sometimes(
  {
    id: 'ss-shows-one-more',
    sentence: 'ss shows a listener whose Recv-Q is one more than its Send-Q.',
    formula: '◇ Recv-Q = Send-Q + 1',
  },
  ({ ss: row }) => Number(row[RECV_Q]) === Number(row[SEND_Q]) + 1,
)

export const synRecvIsSynQueue = always(
  {
    id: 'syn-recv-is-syn-queue',
    sentence: 'There are as many SYN_RECV in netstat, and as many SYN-RECV in ss, as the SYN queue is long.',
    formula: '□ #SYN_RECV = q',
  },
  ({ netstat: rows, view }) => view.listener.requests > 0 || rows.some((row) => row.includes('SYN_RECV')),
  ({ netstat: rows, ssRows, view }) =>
    rows.filter((row) => row.includes('SYN_RECV')).length === view.listener.requests &&
    ssRows.filter(([state]) => state === 'SYN-RECV').length === view.listener.requests,
)
