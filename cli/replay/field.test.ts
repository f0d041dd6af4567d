/**
 * Evidence as people have it, and what a careful engineer concludes from it: rebuilt from public reports, reduced to what
 * shows the fault (traces/corpus/field). What must be said, and what must not.
 */
import { describe, expect, it } from 'vitest'
import { halfopen } from '../testing/halfopen.ts'

const FIELD = 'traces/corpus/field/'
/** Files are named as they lie in the folder. */
const inFolder = (line: string): string[] =>
  line.split(' ').map((word) =>
    word.startsWith('--') || word === 'rfc9293'
      ? word
      : word
          .split(',')
          .map((name) => FIELD + name)
          .join(','),
  )

const told = async (line: string) => {
  const { code, out, err } = await halfopen(['replay', ...inFolder(line)])
  return { code, text: `${out}${err}`.replace(/\s+/g, ' ') }
}

interface Answer {
  readonly code?: number
  readonly says: readonly (string | RegExp)[]
  readonly never: readonly (string | RegExp)[]
}

const answers: Readonly<Record<string, Readonly<Record<string, Answer>>>> = {
  'a listing of listeners tells of queues only': {
    'f12-simple.txt --sockets f11-lnt-est.ss': {
      says: ['lists listeners only', /\[\.\] ack 51 ──+ +ESTABLISHED/],
      never: ['shows no connection', /ack 51 ──+ +CLOSED/],
    },
    'f10-ghost.txt --sockets f10-ltn.ss': {
      says: ['ghost-connection (certain)', 'cause the accept queue is full', 'f10-ltn.ss:2 shows the accept queue'],
      never: ['it is over', 'were reset before accept()', 'decides'],
    },
    'f10-ghost.txt --sockets f8-listen.ss': {
      says: ['ghost-connection (likely)', 'lists listeners only'],
      never: ['were reset before accept()', 'it is over'],
    },
  },
  'rows match whatever the tools call the ends': {
    'f1-v4mapped.txt --sockets f1-v4mapped.ss': { says: [/\[\.\] ack 2 ── CLOSE_WAIT/], never: ['translated'] },
    'f1-v4mapped.txt --sockets f1-v4mapped.netstat': { says: [/\[\.\] ack 2 ── CLOSE_WAIT/], never: ['translated'] },
    'f1-v4mapped.txt --sockets f1-name.netstat': { says: [/\[\.\] ack 2 ── CLOSE_WAIT/], never: ['neither end'] },
    'f2-http.txt --sockets f2-80.netstat': { says: [/\[\.\] ack 2 ── CLOSE_WAIT/], never: ['shows no connection'] },
    'f2-named.txt --sockets f2-numeric.netstat': {
      says: [/\[\.\] ack 2 ── CLOSE_WAIT/, 'may be the name of either'],
      never: ['translated', 'NAT'],
    },
    'f2-named.txt --sockets f2-named.netstat': { says: [/\[\.\] ack 2 ── CLOSE_WAIT/], never: ['translated'] },
    'f2-named-svc.txt --sockets f3-closed.netstat': {
      says: [/\[\.\] ack 2 ── CLOSE_WAIT/],
      never: ['shows no connection', /ack 2 ── CLOSED/],
    },
    'f2-named-svc.txt --sockets f3-b.netstat': {
      says: ['CLOSE_WAIT-hangs', 'only the FIN is unread', 'no listener is listed'],
      never: ['shows no connection', /ack 2 ── CLOSED/],
    },
    'f2-named-svc.txt --sockets f3-c.netstat': {
      says: ['CLOSE_WAIT-hangs', 'only the FIN is unread', 'has 0 connections in its accept queue'],
      never: ['shows no connection', 'could be in the queue', 'no listener is listed'],
    },
    'f10-ghost.txt --sockets f8-listen0.ss': {
      says: ['ghost-connection'],
      never: ['ghost-connection (certain)', 'it is over', 'were reset before accept()'],
    },
    'f7-clientss.txt --sockets f7-client.ss': {
      says: ['SYN-unanswered'],
      never: ['shows no connection', 'no listener is listed', 'neither end'],
    },
  },
  'one packet at several places is one packet': Object.fromEntries(
    [
      'f9-any-dup.txt',
      'f9-any-data.txt',
      'f9-any-plain.txt',
      'f9-any-v.txt',
      'f9-any-sll2.pcap',
      'span-duplicates.pcap',
    ].map((file) => [file, { says: ['captured twice', ', conforms'], never: ['third-ack-lost', 'retransmission'] }]),
  ),
  'addresses translated': {
    'f13-dnat.txt': {
      says: [
        'connections 0 and 1 are one',
        'untranslated-answer',
        'the client has no such socket and resets it (packet 4)',
      ],
      never: ['accept queue', /What decides: .* What decides: /],
    },
    'nat-ghost-client.pcap --with nat-ghost-server.pcap': {
      says: [
        'under translated addresses; taken nearer to the server',
        '21 packets passed both taps',
        'the accept queue is full (certain: nothing else is left: the other capture, nearer to the server, has packet 3)',
      ],
      never: ['What decides'],
    },
    'dnat-client.txt': {
      says: [
        ': 6 packets, 2 connections, conforms',
        'the SYN to 198.51.100.29:7800 (packet 1) is answered from 192.0.2.189:7800 (packet 2), an address that the client did not call',
        'and resets it (packet 3) (untranslated-answer)',
        'connections 0 and 1 are one',
      ],
      never: ['diverges', 'SYN-unanswered', 'SYN-ACK-too-late'],
    },
    'dnat-client.txt --with dnat-server.txt': {
      says: ['untranslated-answer', 'under translated addresses', 'taken nearer to the server'],
      never: ['diverges', 'contradiction', 'nothing to recognise it by'],
    },
    'dnat-server.txt': {
      says: ['SYN-ACK-refused', 'the socket still waits and repeats its SYN (packet 4)', 'translated one way only'],
      never: ['cause the SYN comes from a scanner', 'Every packet is as the model has it;'],
    },
    'dnat-server.txt --with dnat-client.txt': {
      says: [', conforms', 'has it as connection 1', '6 packets passed both taps'],
      never: ['contradiction'],
    },
    'answer-lost-client.txt --with answer-lost-server.txt': {
      says: [
        'under translated addresses',
        'lost or filtered on the way (certain: nothing else is left',
        'answer-lost-server.txt shows that the server answers (packet 2)',
      ],
      never: ['What decides', 'contradiction'],
    },
    'f14-recycle.txt': { says: ['tw-recycle-drop (likely)', 'tcp_tw_recycle of the server'], never: ['(certain)'] },
    '25-recycle.pcap --sysctl 25.sysctl --counters 25-before.txt,25-after.txt': {
      says: ['tw-recycle-drop (certain)', 'proof PAWSPassive grew by 4'],
      never: ['SYN-unanswered', 'decides'],
    },
    '26-nat-idle.pcap': {
      says: ['flow-forgotten (likely): after 400 s of silence', 'a middlebox on the way', 'timeout lies under 400 s'],
      never: ['(certain)'],
    },
  },
  'a handshake that fails': {
    'f16-forged-rst.txt': {
      says: [
        'forged-RST (likely)',
        'was not sent by the server',
        'its time to live is 46',
        ', inconclusive',
        /✗ +2 .* ack 26 ── ESTABLISHED/,
      ],
      never: ['listens on this port', 'diverges'],
      code: 3,
    },
    'cut-last-line.txt': { says: ['SYN-repeated', '1.1 s after the first', 'is cut off'], never: ['E_TCPDUMP_LINE'] },
    '28-defer.pcap --counters 28-before.txt,28-after.txt': {
      says: [
        'deferred-accept (likely)',
        'on a kernel before 2.6.32 or another stack',
        'ruled out, ListenOverflows did not move',
        'TCPDeferAcceptDrop grew by 6, and these are 5 packets',
        'What decides: `uname -r` of the server',
      ],
      never: ['(certain)', 'contradiction', 'Recv-Q greater than Send-Q'],
    },
    '28-defer-modern.pcap': { says: ['TCP_DEFER_ACCEPT of the listener', 'TCPDeferAcceptDrop'], never: ['(certain)'] },
    'synack-repeated-then-rst.pcap': {
      says: ['SYN-ACK-too-late', 'meets a closed socket', 'packet 8 resets it'],
      never: ['(certain)'],
    },
  },
  'a connection that ends': {
    'f6-cut-relative.txt': {
      says: [', conforms', 'half-open (possible)', 'or the server aborted it'],
      never: ['2596626333', 'Nothing is wrong', '(likely)'],
    },
    'f6-cut-relative-more.txt': { says: ['half-open (likely)'], never: ['2596626333', 'diverges'] },
    '39-finwait2.pcap --sockets 39.netstat': {
      says: ['FIN_WAIT2-hangs', '39.netstat:3 shows the client FIN_WAIT2', 'does not close its socket'],
      never: ['shows no connection', 'no listener is listed'],
    },
  },
  'closing that hangs, and what a middlebox leaves': {
    'close-wait.txt --sockets close-wait.ss': {
      says: [
        'CLOSE_WAIT-hangs (likely)',
        'close-wait.ss:3 shows',
        'cause the application of the server does not read',
        'Recv-Q is 101 there: 100 bytes and the FIN are unread',
      ],
      never: ['(certain)', 'FIN_WAIT2-hangs'],
    },
    'fin-wait1.txt': {
      says: ['FIN_WAIT1-hangs (likely)', 'repeats it twice', 'the window of the server is shut', 'does not read'],
      never: ['(certain)', 'vanished'],
    },
    'last-ack.txt': {
      says: ['LAST_ACK-hangs (likely)', 'the server stays in LAST_ACK', 'tcp_orphan_retries'],
      never: ['(certain)'],
    },
    'port-reuse-refused.txt': {
      says: [', conforms', 'port-reuse-refused', 'and no SYN opens anew'],
      never: ['(certain)', 'diverges'],
    },
    'synproxy.txt': {
      says: [
        ', conforms',
        'SYN-ACK-without-window (likely)',
        'may send only after packet 4 opens it',
        'its time to live is 64, that of packet 4 63',
        'SYNPROXY',
      ],
      never: ['(certain)'],
    },
    'timestamps-omitted.txt': {
      says: ['timestamps-omitted (possible)', 'no later packet of the server carries one (first packet 5)'],
      never: ['(certain)'],
    },
  },
  'an earlier connection of the same ports': {
    'f4-challenge.pcap': {
      says: [', conforms', 'earlier-connection', '[.] ack 3000001102'],
      never: ['half-open', 'diverges'],
    },
    'f4-challenge.txt': {
      says: [', conforms', 'earlier-connection', '[.] ack 3000001102', '[R] seq 3000001102'],
      never: ['4200001102', 'seq -', 'half-open'],
    },
    'f4-challenge-2.txt': { says: [', conforms', 'earlier-connection'], never: ['Nothing is wrong'] },
    'f4-challenge-nots.txt': { says: [', conforms', 'opens anew (packet 5)'], never: ['half-open'] },
    'f4-full.pcap': { says: [', conforms', '30.0 s after its last packet'], never: ['the clock of the capture'] },
    'f5-clock.txt': { says: [', conforms', '37.8 s after its last packet'], never: ['the clock of the capture'] },
  },
  'what costs no more than itself': {
    'f17-tap-reorder.pcap': { says: [', conforms', 'was sent before packet 1'], never: ['diverges'] },
    'self-connect.txt': {
      says: [', conforms', 'connected to itself', 'simultaneous open', /5 +0.100 s ESTABLISHED|5 .*│/],
      never: ['one direction', 'unknown', '?'],
    },
    'abort-bare-rst.pcap': {
      says: [
        ', conforms',
        'client rfc9293',
        'packet 34 of the client resets the connection, as rfc9293 has it and none',
      ],
      never: ['diverges', 'Nothing is wrong'],
    },
    'abort-bare-rst.pcap --kernel rfc9293': { says: [', conforms', /\[R\] seq 778 ─+▶/], never: ['diverges'] },
    'ack-with-snd-una.pcap': {
      says: [
        'the number of packet 12, an ACK without text, is 3305287378',
        'has to be 3305287705, the next one (SND.NXT): RFC 9293 §3.10.7.4',
        /25 +0.679 s ESTABLISHED .* ack 6487/,
      ],
      never: ['?', 'nothing explains'],
      code: 1,
    },
    'gap-both-ends-testify.pcap': {
      says: [', conforms', 'packet 102 acknowledges a part of packet 86', 'cut otherwise than the capture shows it'],
      never: ['diverges'],
    },
    'tfo.pcap': { says: ['TCP Fast Open'], never: ['diverges', 'together, likely'], code: 3 },
  },
  'counters of netstat -s | grep': {
    'f10-ghost.txt --counters f18-grep.before.txt,f18-grep.after.txt': {
      says: [
        'ListenOverflows 13',
        'ListenDrops 13',
        'full (likely: ListenOverflows grew by 13, and these are 16 packets: it did happen',
      ],
      never: ['E_COUNTERS', '(certain)', 'ListenOverflows on the server: it grows'],
    },
  },
}

describe.each(Object.entries(answers))('%s', (_, files) => {
  it.each(Object.entries(files))('%s', async (line, { code = 0, says, never }) => {
    const found = await told(line)
    for (const words of says) expect(found.text).toMatch(typeof words === 'string' ? plain(words) : words)
    for (const words of never) expect(found.text).not.toMatch(typeof words === 'string' ? plain(words) : words)
    expect(found.code).toBe(code)
  })
})

const plain = (words: string): RegExp => new RegExp(words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
