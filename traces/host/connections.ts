/** What the connections of a host are stuck in. */
import { endpointText } from '../capture.ts'
import type { SocketRow } from '../evidence/sockets.ts'
import type { Finding } from './finding.ts'
import { holderText } from './processes.ts'
import { type HostReadings, moved, numberOf, secondsBetween } from './reading.ts'

/** Retransmissions of one segment after which a connection is stuck rather than slow. */
const MANY = 3

export const connectionFindings = (readings: HostReadings): Finding[] => [
  ...closeWait(readings),
  ...finWait2(readings),
  ...orphans(readings),
  ...timeWait(readings),
  ...retransmitting(readings),
  ...unansweredConnects(readings),
  ...counted(readings),
]

const inState = ({ now }: HostReadings, state: SocketRow['state']): SocketRow[] =>
  now.sockets.rows.filter((row) => row.state === state)

/** Those that the earlier reading shows in the same state; all, where there is only one. */
const lasting = (rows: readonly SocketRow[], { before }: HostReadings): readonly SocketRow[] => {
  if (before === undefined) return rows
  const known = new Set(before.sockets.rows.map(keyOf))
  return rows.filter((row) => known.has(keyOf(row)))
}

const keyOf = (row: SocketRow): string => `${row.state} ${endpointText(row.local)} ${endpointText(row.remote)}`

const grouped = (rows: readonly SocketRow[], of: (row: SocketRow) => string): [string, SocketRow[]][] => {
  const groups = new Map<string, SocketRow[]>()
  for (const row of rows) groups.set(of(row), [...(groups.get(of(row)) ?? []), row])
  return [...groups].sort(([, a], [, b]) => b.length - a.length)
}

const some = (rows: readonly SocketRow[]): string[] =>
  rows.slice(0, 3).map(({ local, remote, line }) => `line ${line}: ${endpointText(local)} ↔ ${endpointText(remote)}`)

const counts = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`

/** The peer has closed, the own application has not. RFC 9293 §3.6 */
const closeWait = (readings: HostReadings): Finding[] => {
  const held = lasting(inState(readings, 'CLOSE_WAIT'), readings).filter(({ process }) => process !== undefined)
  // Without -p nothing tells which of them were accepted; one read to its end was.
  const shown = readings.now.sockets.processesShown
  const accepted = shown ? held : lasting(inState(readings, 'CLOSE_WAIT'), readings).filter(({ recvQ }) => recvQ <= 1)
  return grouped(accepted, (row) => holderText(row) ?? 'a process').map(([name, rows]): Finding => {
    const unread = rows.filter(({ recvQ }) => recvQ > 1)
    const both = readings.before === undefined ? '' : ' at both readings'
    return {
      id: 'CLOSE_WAIT-stays',
      certainty: readings.before === undefined ? 'likely' : 'certain',
      words: `${name} has ${counts(rows.length, 'socket')} in CLOSE_WAIT${both}: their peers have closed, and it does not${unread.length > 0 ? `; on ${unread.length} of them it has not even read (Recv-Q up to ${Math.max(...unread.map(({ recvQ }) => recvQ))})` : '; it has read all of it'}`,
      shownBy: some(rows),
      peerSees: 'FIN_WAIT2 until its tcp_fin_timeout, if it called close(); for ever, if it closed half',
      rule: 'RFC 9293 §3.6 · linux: tcp_fin; no timer ends CLOSE_WAIT',
      changes: [
        {
          what: 'close()',
          words:
            'a leak of the application: a read() of 0 is not followed by close(). No setting of the kernel ends CLOSE_WAIT',
        },
      ],
    }
  })
}

const finWait2 = (readings: HostReadings): Finding[] => {
  const rows = lasting(inState(readings, 'FIN_WAIT2'), readings)
  if (rows.length === 0) return []
  const held = rows.filter(({ process }) => process !== undefined)
  const timeout = numberOf(readings, 'tcp_fin_timeout')
  return [
    {
      id: 'FIN_WAIT2-waits',
      certainty: 'certain',
      words: `${counts(rows.length, 'connection')} in FIN_WAIT2: closed here, and the peers do not close${held.length > 0 ? `; ${held.length} of them still have a process here (closed half): no timer ends these` : ''}`,
      shownBy: some(rows),
      peerSees: 'CLOSE_WAIT: its application does not close',
      rule: 'RFC 9293 §3.6 · linux: tcp_rcv_state_process, tcp_fin_timeout',
      changes: [
        {
          what: 'net.ipv4.tcp_fin_timeout',
          words: `how long an orphan waits in FIN_WAIT2${timeout === undefined ? '' : ` (now ${timeout} s)`}; it does nothing for sockets that a process still has`,
          knob: 'tcp_fin_timeout',
        },
      ],
    },
  ]
}

/** Sockets without a process that still repeat their FIN. linux: tcp_orphan_retries */
const orphans = (readings: HostReadings): Finding[] => {
  const rows = [
    ...inState(readings, 'FIN_WAIT1'),
    ...inState(readings, 'LAST_ACK'),
    ...inState(readings, 'CLOSING'),
  ].filter(({ timer, process }) => process === undefined && (timer?.retransmissions ?? 0) > 0)
  if (rows.length === 0) return []
  const shut = rows.filter(({ timer }) => timer?.kind === 'persist')
  return [
    {
      id: 'orphans',
      certainty: 'certain',
      words: `${counts(rows.length, 'connection')} closed here ${rows.length === 1 ? 'repeats its' : 'repeat their'} last text or FIN without an acknowledgment${shut.length > 0 ? `; ${shut.length} of them probe a window that the peer has shut` : ''}`,
      shownBy: rows
        .slice(0, 3)
        .map(
          (r) =>
            `line ${r.line}: ${r.state} ${endpointText(r.remote)}, ${r.timer?.retransmissions} retransmissions, Send-Q ${r.sendQ}`,
        ),
      peerSees: 'nothing any more, if it is gone; else it acknowledges nothing',
      rule: 'linux: tcp_orphan_retries, tcp_out_of_resources',
      changes: [
        {
          what: 'net.ipv4.tcp_orphan_retries',
          words: 'after how many retransmissions such a socket is dropped',
          knob: 'tcp_orphan_retries',
        },
      ],
    },
  ]
}

/** A share of the ports or buckets from which on it is worth a word. */
const NEAR = 0.7

const timeWait = (readings: HostReadings): Finding[] => {
  const rows = inState(readings, 'TIME_WAIT')
  const buckets = numberOf(readings, 'tcp_max_tw_buckets')
  const [low, high] = (readings.settings?.ip_local_port_range ?? '').split(/\s+/).map(Number)
  const ports = low && high ? high - low + 1 : undefined
  const [busiest] = grouped(rows, ({ remote, local }) => `${local.address} to ${endpointText(remote)}`)
  const found: Finding[] = []
  if (busiest && ports !== undefined && busiest[1].length >= ports * NEAR)
    found.push({
      id: 'TIME_WAIT-many',
      certainty: 'certain',
      words: `${busiest[1].length} ports of ${ports} are in TIME_WAIT from ${busiest[0]}: connect() there soon finds none (EADDRNOTAVAIL)`,
      shownBy: [`ip_local_port_range ${low} to ${high}`],
      rule: 'RFC 9293 §3.6.1 · linux: __inet_hash_connect',
      changes: [
        {
          what: 'net.ipv4.tcp_tw_reuse',
          words: '1 lets connect() take over a TIME_WAIT older than a second, where both ends use timestamps',
        },
        { what: 'net.ipv4.ip_local_port_range', words: 'more ports' },
        {
          what: 'connections that last',
          words: 'a pool or keep-alive of the protocol above: the end that closes first has the TIME_WAIT',
        },
      ],
    })
  if (buckets !== undefined && buckets > 0 && rows.length >= buckets * NEAR)
    found.push({
      id: 'TIME_WAIT-many',
      certainty: 'certain',
      words: `${rows.length} sockets in TIME_WAIT of ${buckets} that tcp_max_tw_buckets allows: one more is destroyed at once, and old segments may meet its successor`,
      shownBy: [`${rows.length} rows in TIME_WAIT`],
      rule: 'RFC 1337 · linux: inet_twsk_alloc',
      changes: [{ what: 'net.ipv4.tcp_max_tw_buckets', words: 'more of them: each takes about 250 bytes' }],
    })
  return found
}

const retransmitting = (readings: HostReadings): Finding[] => {
  const rows = readings.now.sockets.rows.filter(
    ({ state, timer }) =>
      (state === 'ESTABLISHED' || state === 'CLOSE_WAIT') && timer?.kind === 'on' && timer.retransmissions >= MANY,
  )
  return grouped(rows, ({ remote }) => remote.address).map(
    ([address, of]): Finding => ({
      id: 'retransmitting',
      certainty: 'certain',
      words: `${counts(of.length, 'connection')} to ${address} ${of.length === 1 ? 'repeats' : 'repeat'} text that is not acknowledged (up to ${Math.max(...of.map(({ timer }) => timer!.retransmissions))} times)`,
      shownBy: some(of),
      peerSees:
        'nothing, if it is gone or cannot be reached; SYN_RECV, if its accept queue is full (a ghost: the SYN+ACK comes again)',
      rule: 'RFC 9293 §3.8.1, §3.8.3 · linux: tcp_retransmit_timer',
      changes: [
        {
          what: 'net.ipv4.tcp_retries2',
          words:
            'after how many retransmissions the application gets ETIMEDOUT (TCP_USER_TIMEOUT does it for one socket)',
          knob: 'tcp_retries2',
        },
      ],
    }),
  )
}

const unansweredConnects = (readings: HostReadings): Finding[] => {
  const rows = inState(readings, 'SYN_SENT').filter(
    (row) =>
      (row.timer?.retransmissions ?? 0) > 0 || (readings.before !== undefined && lasting([row], readings).length > 0),
  )
  return grouped(rows, ({ remote }) => endpointText(remote)).map(
    ([remote, of]): Finding => ({
      id: 'connect-unanswered',
      certainty: 'certain',
      words: `${counts(of.length, 'connect()', 'connect()s')} to ${remote} ${of.length === 1 ? 'gets' : 'get'} no answer: ${of.length === 1 ? 'its SYN is' : 'their SYNs are'} repeated`,
      shownBy: some(of),
      peerSees: 'the SYNs, if they arrive: then its accept queue or SYN queue is full (`halfopen host` there tells)',
      rule: 'RFC 6298 §2.1 · linux: tcp_conn_request',
      changes: [
        { what: 'net.ipv4.tcp_syn_retries', words: 'after how many SYNs connect() fails', knob: 'tcp_syn_retries' },
      ],
    }),
  )
}

/** What only counters tell. */
const counted = (readings: HostReadings): Finding[] => {
  const between = secondsBetween(readings)
  const when = between === undefined ? 'between the readings' : `in ${between.toFixed(0)} s`
  const grew = (counter: string): number => moved(readings, counter) ?? 0
  const found: Finding[] = []
  const paws = grew('PAWSPassive')
  if (paws > 0)
    found.push({
      id: 'PAWS-rejects',
      certainty: 'certain',
      words: `${counts(paws, 'SYN')} dropped for ${paws === 1 ? 'its timestamp' : 'their timestamps'} ${when}: tcp_tw_recycle, which takes hosts behind one NAT for one`,
      shownBy: [`PAWSPassive grew by ${paws}`],
      peerSees: 'connect() waits and fails, for some of the hosts behind a NAT',
      rule: 'linux: tcp_conn_request (up to 4.11)',
      changes: [
        {
          what: 'net.ipv4.tcp_tw_recycle = 0',
          words: 'never set it to 1: Linux 4.12 removed it',
          knob: 'tcp_tw_recycle',
        },
      ],
    })
  const full = grew('TCPReqQFullDrop')
  if (full > 0)
    found.push({
      id: 'SYN-queue-full',
      certainty: 'certain',
      words: `${counts(full, 'SYN')} dropped ${when}, for a SYN queue was full and syncookies are off`,
      shownBy: [`TCPReqQFullDrop grew by ${full}`],
      peerSees: 'connect() waits',
      rule: 'linux: tcp_syn_flood_action',
      changes: [
        {
          what: 'net.ipv4.tcp_syncookies = 1',
          words: 'SYNs beyond the queue are answered with cookies',
          knob: 'tcp_syncookies',
        },
        {
          what: 'net.ipv4.tcp_max_syn_backlog',
          words: 'room for more requests, up to the backlog of the listener',
          knob: 'tcp_max_syn_backlog',
        },
      ],
    })
  const cookies = grew('SyncookiesSent')
  if (cookies > 0)
    found.push({
      id: 'cookies-sent',
      certainty: 'certain',
      words: `${counts(cookies, 'SYN')} answered with a cookie ${when}: a SYN queue is full (${grew('SyncookiesRecv')} came back valid)`,
      shownBy: [`SyncookiesSent grew by ${cookies}`],
      rule: 'RFC 4987 §3.6 · linux: cookie_init_sequence',
      changes: [
        {
          what: 'net.ipv4.tcp_max_syn_backlog',
          words: 'room for more requests, if the clients are real',
          knob: 'tcp_max_syn_backlog',
        },
      ],
    })
  return found
}
