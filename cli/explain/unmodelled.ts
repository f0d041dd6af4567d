/** Sysctls that kernels have and the model has not: what they do, so that nobody takes them for imagined. */
import { knobNamed } from '../../model/index.ts'
import type { Explanation } from './explanation.ts'

interface Unmodelled {
  readonly name: string
  readonly means: string
  readonly unit: string
  readonly default: string
  readonly source: string
}

const all: readonly Unmodelled[] = [
  {
    name: 'tcp_tw_reuse',
    means:
      '1: connect() with a port that the kernel chooses may take over a TIME_WAIT that knows a timestamp and is older than 1 s; 2: on loopback only',
    unit: 'mode',
    default: '0, since 4.19 2',
    source: 'linux: tcp_twsk_unique',
  },
  {
    name: 'tcp_tw_reuse_delay',
    means: 'how old a TIME_WAIT must be for tcp_tw_reuse',
    unit: 'milliseconds',
    default: '1000 (since 6.14)',
    source: 'linux: tcp_twsk_unique',
  },
  {
    name: 'tcp_max_tw_buckets',
    means: 'so many TIME_WAITs at most; one more is not made, and those that are there stay',
    unit: 'sockets',
    default: 'by the memory of the machine',
    source: 'linux: inet_twsk_alloc',
  },
  {
    name: 'tcp_max_orphans',
    means: 'so many sockets without a process at most; one more is reset',
    unit: 'sockets',
    default: 'by the memory of the machine',
    source: 'linux: tcp_check_oom',
  },
  {
    name: 'tcp_retries1',
    means: 'after so many retransmissions route and segment size are looked at again',
    unit: 'retransmissions',
    default: '3',
    source: 'linux: tcp_write_timeout',
  },
  {
    name: 'tcp_keepalive_time',
    means:
      'how long an idle connection with SO_KEEPALIVE waits for its first probe, and after each one that is answered',
    unit: 'seconds',
    default: '7200',
    source: 'linux: tcp_keepalive_timer',
  },
  {
    name: 'tcp_keepalive_intvl',
    means: 'the time between two keepalive probes that are not answered',
    unit: 'seconds',
    default: '75',
    source: 'linux: tcp_keepalive_timer',
  },
  {
    name: 'tcp_keepalive_probes',
    means: 'after so many keepalive probes without an answer the connection is reset',
    unit: 'probes',
    default: '9',
    source: 'linux: tcp_keepalive_timer',
  },
  {
    name: 'tcp_rto_min_us',
    means: 'the least retransmission timeout of text',
    unit: 'microseconds',
    default: '200000 (since 6.11)',
    source: 'linux: tcp_rto_min',
  },
  {
    name: 'tcp_rto_max_ms',
    means: 'the longest retransmission timeout',
    unit: 'milliseconds',
    default: '120000 (since 6.15)',
    source: 'linux: tcp_rto_max',
  },
  {
    name: 'tcp_migrate_req',
    means: '1: requests and children of a listener that is closed go to another one of its SO_REUSEPORT group',
    unit: 'switch',
    default: '0 (since 5.14)',
    source: 'linux: inet_csk_listen_stop, tcp_migrate_req',
  },
  {
    name: 'tcp_early_retrans',
    means: '3 or 4: the last segment is sent again before the first timeout (tail-loss probe)',
    unit: 'mode',
    default: '3',
    source: 'linux: tcp_schedule_loss_probe',
  },
  {
    name: 'tcp_fastopen',
    means: 'text in the SYN, TCP Fast Open, which is out of scope',
    unit: 'bits',
    default: '1',
    source: 'linux: tcp_try_fastopen · RFC 7413',
  },
  {
    name: 'ip_local_port_range',
    means: 'the ports that connect() chooses from',
    unit: 'ports',
    default: '32768 to 60999',
    source: 'linux: __inet_hash_connect',
  },
]

export const unmodelled: readonly Unmodelled[] = all.filter(({ name }) => knobNamed(name) === undefined)

export const unmodelledNamed = (id: string): Unmodelled | undefined => {
  const bare = id.replace(/^net[./]ipv4[./]/, '').toLowerCase()
  return unmodelled.find(({ name }) => name === bare)
}

export const ofUnmodelled = ({ name, means, unit, default: value, source }: Unmodelled): Explanation => ({
  id: name,
  is: 'sysctl',
  means,
  unit,
  default: value,
  source,
  modelled: 'no: no world can set it',
})
