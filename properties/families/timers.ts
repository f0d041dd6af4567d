/** Timers and retries. */
import { invariant, type TcpProperty, type View } from '../property.ts'

const family = 'timers' as const

export const timers: TcpProperty[] = [
  invariant(
    {
      id: 'TM1',
      family,
      sentence: 'A SYN is retransmitted no more often than tcp_syn_retries says.',
      formula: '□ SYN_SENT ⇒ n ≤ tcp_syn_retries',
      source: 'linux: tcp_write_timeout',
    },
    (setting) => ({
      reads: { group: ['client'] },
      given: ({ client }: View) => client.socket.state === 'SYN_SENT',
      then: ({ client }: View) =>
        client.socket.state !== 'SYN_SENT' || client.socket.rtx.n <= setting.clientStack.sysctls.tcp_syn_retries,
    }),
  ),
  invariant(
    {
      id: 'TM4',
      family,
      sentence: 'Every request has a running timer, no longer than its backoff allows.',
      formula: '□ R ⇒ 0 ≤ left ≤ RTO · 2ⁿ',
      source: 'linux: reqsk_queue_hash_req, reqsk_timer_handler',
    },
    (setting) => ({
      reads: { group: ['server'] },
      given: ({ server }: View) => server.object.kind === 'request',
      then: ({ server }: View) => {
        if (server.object.kind !== 'request') return true
        const { left, n } = server.object.timer
        return (
          left >= 0 &&
          left <= setting.serverStack.durations.initialRto * 2 ** n &&
          n <= setting.serverStack.sysctls.tcp_synack_retries
        )
      },
    }),
  ),
]
