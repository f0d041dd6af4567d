/** CurrEstab, the one number of /proc/net/snmp that also falls. linux: tcp_set_state · RFC 4022 tcpCurrEstab */
import type { Dialect } from '../profile/index.ts'
import type { StateName } from '../states.ts'

/** Whether a connection in that state is in the gauge. */
export const isEstablished = (state: StateName | 'LISTEN', { currEstab }: Pick<Dialect, 'currEstab'>): boolean =>
  state === 'ESTABLISHED' || (state === 'CLOSE_WAIT' && currEstab === 'ESTABLISHED and CLOSE_WAIT')

const opening: readonly StateName[] = ['CLOSED', 'SYN_SENT', 'SYN_RECV']

/** What a step between states adds to it. The kernel enters CLOSE_WAIT only from ESTABLISHED and from an opening. */
export const currEstabChange = (from: StateName, to: StateName, dialect: Pick<Dialect, 'currEstab'>): number => {
  if (from === to) return 0
  const left = isEstablished(from, dialect) ? 1 : 0
  if (to === 'ESTABLISHED') return 1
  if (to === 'CLOSE_WAIT' && isEstablished(to, dialect))
    return from === 'ESTABLISHED' ? 0 : opening.includes(from) ? 1 : 0
  return -left
}
