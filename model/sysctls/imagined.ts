/** Sysctls that people set and no mainline kernel has: what they are thought to do, and what does it. */
import type { Knob } from './knob.ts'

type Imagined = Pick<Knob, 'name' | 'means' | 'source'> & { readonly instead: readonly string[] }

export const imagined: readonly Imagined[] = [
  {
    name: 'tcp_syn_recv_timeout',
    means: 'no such sysctl: SYN_RECV ends after tcp_synack_retries retransmissions, 1 + 2 + 4 + … seconds',
    source: 'linux: reqsk_timer_handler',
    instead: ['tcp_synack_retries', 'TCP_SYNCNT'],
  },
  {
    name: 'tcp_time_wait_len',
    means: 'no such sysctl: TIME_WAIT lasts 60 s, a constant of the kernel (TCP_TIMEWAIT_LEN)',
    source: 'linux: include/net/tcp.h',
    instead: ['tcp_max_tw_buckets', 'tcp_tw_reuse'],
  },
  {
    name: 'tcp_tw_timeout',
    means: 'no such sysctl in mainline, though one vendor has added it: TIME_WAIT lasts 60 s',
    source: 'linux: include/net/tcp.h',
    instead: ['tcp_max_tw_buckets', 'tcp_tw_reuse'],
  },
  {
    name: 'tcp_max_accept_backlog',
    means: 'no such sysctl: the accept queue has the backlog given to listen(), at most somaxconn',
    source: 'linux: __sys_listen_socket',
    instead: ['somaxconn', 'backlog'],
  },
  {
    name: 'tcp_syn_timeout',
    means: 'no such sysctl: a SYN is repeated after 1 s, as often as tcp_syn_retries and tcp_syn_linear_timeouts say',
    source: 'linux: tcp_connect, tcp_retransmit_timer',
    instead: ['tcp_syn_retries', 'tcp_syn_linear_timeouts', 'TCP_SYNCNT'],
  },
  {
    name: 'tcp_drop_on_overflow',
    means: 'no such sysctl: a full accept queue drops SYNs and third ACKs of itself, unless told to send RST',
    source: 'linux: tcp_conn_request, tcp_check_req',
    instead: ['tcp_abort_on_overflow'],
  },
]
