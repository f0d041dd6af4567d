/** What is said of closing, of TIME_WAIT, of sockets without a process and of keepalive. */
import { type Claim, everywhere, type Played } from './claim.ts'
import {
  afterAnAnsweredProbe,
  bothClose,
  deadPeer,
  finsOfOrphan,
  finWait2Ends,
  oneOrphanMore,
  oneTimeWaitMore,
  overTimeWait,
  probesWhileBusy,
  settingNamed,
  timeWaitAndFinTimeout,
} from './closing-plays.ts'

const played = (what: string, play: Played['play'], claimed: string, more: Partial<Played> = {}): Played => ({
  ...{ play, what, claimed, sysctls: {} },
  ...more,
})

const reusing = { sysctls: { tcp_tw_reuse: 1 } } as const
const granted = { granted: true } as const
const old = { age: 2, timestamps: true, bound: false } as const

export const closingClaims: readonly Claim[] = [
  {
    id: 'active-closer-waits',
    articles: ['experiments'],
    says: 'The end that closes first is left in TIME_WAIT, and of the other nothing is left.',
    because:
      'The ACK of its FIN ends LAST_ACK; only the end that acknowledges the last FIN has to be able to do so again.',
    source: 'linux: tcp_rcv_state_process · RFC 9293 §3.6',
    experiments: [played('one end closes, then the other', bothClose, 'TIME_WAIT and CLOSED')],
    verdicts: everywhere('true'),
  },
  {
    id: 'fin-timeout-is-not-time-wait',
    articles: ['experiments'],
    says: 'tcp_fin_timeout does not change how long TIME_WAIT lasts: that is fixed.',
    because: 'TIME_WAIT is 60 s by a constant of the source; tcp_fin_timeout is of FIN_WAIT2 without a process.',
    source: 'linux: TCP_TIMEWAIT_LEN, tcp_fin_time',
    experiments: [played('TIME_WAIT under two values of tcp_fin_timeout', timeWaitAndFinTimeout, 'as long')],
    verdicts: everywhere('true'),
  },
  {
    id: 'time-wait-len',
    articles: ['table'],
    says: 'tcp_time_wait_len sets how long TIME_WAIT lasts.',
    because: 'No Linux has such a sysctl; some vendors’ kernels have one of another name.',
    source: 'linux: ipv4_net_table',
    experiments: [played('a look for the setting', settingNamed('tcp_time_wait_len'), 'a setting')],
    verdicts: everywhere('false'),
  },
  {
    id: 'reuse-after-a-second',
    articles: ['experiments'],
    says: 'With tcp_tw_reuse connect() may take a TIME_WAIT that is older than a second and knows a timestamp, and no other.',
    onlyIf: 'the kernel chooses the port: one that bind() has chosen is taken over at any age',
    because: 'connect() after bind() does not look at tcp_tw_reuse, nor at the age.',
    source: 'linux: tcp_twsk_unique',
    experiments: [
      played('an old one with timestamps', overTimeWait(old), 'taken', { ...reusing, ...granted }),
      played('an old one without', overTimeWait({ ...old, timestamps: false }), 'EADDRNOTAVAIL', {
        ...reusing,
        ...granted,
      }),
      played('a young one', overTimeWait({ ...old, age: 0 }), 'EADDRNOTAVAIL', { ...reusing, ...granted }),
      played('a young one after bind()', overTimeWait({ ...old, age: 0, bound: true }), 'EADDRNOTAVAIL', reusing),
    ],
    verdicts: everywhere('only if'),
  },
  {
    id: 'reuse-by-age-alone',
    articles: ['table'],
    says: 'With tcp_tw_reuse a TIME_WAIT is taken over once a second has passed.',
    because: 'It must know a timestamp as well: without one, old segments could not be told from new ones.',
    source: 'linux: tcp_twsk_unique (tw_ts_recent_stamp)',
    experiments: [
      played('an old one without timestamps', overTimeWait({ ...old, timestamps: false }), 'taken', reusing),
    ],
    verdicts: everywhere('false'),
  },
  {
    id: 'new-time-wait-goes',
    articles: ['experiments'],
    says: 'Where there are tcp_max_tw_buckets TIME_WAITs, the connection that would be one more is closed at once.',
    because: 'TCPTimeWaitOverflow counts it; a FIN that comes again is answered with RST.',
    source: 'linux: inet_twsk_alloc, tcp_time_wait',
    experiments: [played('a FIN where there are as many as there may be', oneTimeWaitMore, 'closed at once')],
    verdicts: everywhere('true'),
  },
  {
    id: 'old-time-waits-go',
    articles: ['table'],
    says: 'Where there are tcp_max_tw_buckets TIME_WAITs, the oldest makes room for the next.',
    because: 'No TIME_WAIT is ever ended for another: the new one is not made.',
    source: 'linux: inet_twsk_alloc, tcp_time_wait',
    experiments: [played('a FIN where there are as many as there may be', oneTimeWaitMore, 'one TIME_WAIT more')],
    verdicts: everywhere('false'),
  },
  {
    id: 'nine-fins-more',
    articles: ['experiments'],
    says: 'By default the FIN of a closed connection is repeated nine times.',
    onlyIf: 'SACK is agreed on: the ninth is a tail-loss probe',
    because: 'tcp_orphan_retries 0 acts as 8, and what is bounded is the time that eight of them would take.',
    source: 'linux: tcp_orphan_retries, tcp_write_timeout, tcp_send_loss_probe',
    experiments: [
      played('a silent peer, with SACK', finsOfOrphan({ sack: true }), '9 times', {
        sysctls: { tcp_orphan_retries: 0 },
        ...granted,
      }),
      played('a silent peer, without', finsOfOrphan({ sack: false }), '9 times', {
        sysctls: { tcp_orphan_retries: 0 },
      }),
    ],
    verdicts: everywhere('only if'),
  },
  {
    id: 'orphan-retries-0-is-none',
    articles: ['table'],
    says: 'With tcp_orphan_retries 0 a closed connection is given up at once.',
    because: '0 acts as 8.',
    source: 'linux: tcp_orphan_retries',
    experiments: [
      played('a silent peer', finsOfOrphan({ sack: false }), '0 times', { sysctls: { tcp_orphan_retries: 0 } }),
    ],
    verdicts: everywhere('false'),
  },
  {
    id: 'orphan-limit-resets',
    articles: ['experiments'],
    says: 'Where there are more than tcp_max_orphans sockets without a process, one that closes is reset.',
    because: 'The FIN goes out first, and the RST behind it; TCPAbortOnMemory counts it.',
    source: 'linux: __tcp_close, tcp_check_oom',
    experiments: [played('close() where there are as many as there may be', oneOrphanMore, 'reset')],
    verdicts: everywhere('true'),
  },
  {
    id: 'fin-wait-2-goes-without-time-wait',
    articles: ['experiments'],
    says: 'FIN_WAIT2 after close() ends with tcp_fin_timeout, and no TIME_WAIT follows it.',
    because: 'It is a mini-socket like TIME_WAIT, and its end is the end: a later FIN is answered with RST.',
    source: 'linux: tcp_time_wait, inet_twsk_kill',
    experiments: [played('close(), and a peer that does not', finWait2Ends('close'), 'FIN_WAIT2 over')],
    verdicts: everywhere('true'),
  },
  {
    id: 'half-close-is-exempt',
    articles: ['experiments'],
    says: 'FIN_WAIT2 after shutdown() stays for as long as its process holds the socket.',
    because: 'The timer is that of a socket without a process.',
    source: 'linux: tcp_rcv_state_process (SOCK_DEAD)',
    experiments: [played('shutdown(), and a peer that does not close', finWait2Ends('shutdown'), 'it stays')],
    verdicts: everywhere('true'),
  },
  {
    id: 'fin-timeout-bounds-fin-wait-2',
    articles: ['table'],
    says: 'FIN_WAIT2 lasts no longer than tcp_fin_timeout.',
    onlyIf: 'the process has closed its socket, and not only shut it down',
    because: 'Without a process it ends; with one it waits for the peer.',
    source: 'linux: tcp_rcv_state_process, __tcp_close',
    experiments: [
      played('close(), and a peer that does not', finWait2Ends('close'), 'FIN_WAIT2 over', granted),
      played('shutdown(), and a peer that does not close', finWait2Ends('shutdown'), 'FIN_WAIT2 over'),
    ],
    verdicts: everywhere('only if'),
  },
  {
    id: 'interval-after-every-probe',
    articles: ['experiments'],
    says: 'tcp_keepalive_intvl is the time to the next probe, whether the last one was answered or not.',
    because: 'After an answer the connection is idle anew, and the next probe waits for tcp_keepalive_time.',
    source: 'linux: tcp_keepalive_timer, keepalive_time_elapsed',
    experiments: [played('an answered probe, idle time 5, interval 2', afterAnAnsweredProbe, 'the next one after 2')],
    verdicts: everywhere('false'),
  },
  {
    id: 'unacknowledged-text-suspends-keepalive',
    articles: ['experiments'],
    says: 'While text is not acknowledged no keepalive probe is sent.',
    because: 'The retransmission timer watches the peer then.',
    source: 'linux: tcp_keepalive_timer (packets_out)',
    experiments: [played('text that is not acknowledged', probesWhileBusy, 'not probed')],
    verdicts: everywhere('true'),
  },
  {
    id: 'keepalive-finds-the-dead',
    articles: ['table'],
    says: 'Keepalive (7200 s, 75 s, 9 probes) ends connections whose peer is gone.',
    onlyIf: 'the process has set SO_KEEPALIVE',
    because: 'Without the option no connection is ever probed.',
    source: 'linux: tcp_keepalive_timer (SOCK_KEEPOPEN)',
    experiments: [
      played('a silent peer, SO_KEEPALIVE', deadPeer({ keepalive: true }), 'timed out', granted),
      played('a silent peer', deadPeer({ keepalive: false }), 'timed out'),
    ],
    verdicts: everywhere('only if'),
  },
]
