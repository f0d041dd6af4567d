/** What the kernel's counters say of each other. Each holds of sums because it holds of every step. */
import { countIn, hasRst, sentIn } from '../../model/index.ts'
import { type Step, stepProperty, type TcpProperty } from '../property.ts'

const family = 'counters' as const
const server = { group: ['server'] }
const ends = { group: ['client', 'server'] }

export const counterRules: TcpProperty[] = [
  stepProperty(
    {
      id: 'N1',
      family,
      sentence: 'ListenDrops is never behind ListenOverflows.',
      formula: '□ ListenDrops ≥ ListenOverflows',
      source: 'linux: tcp_listendrop',
    },
    {
      reads: server,
      given: ({ effects }: Step) => countIn(effects, 'ListenDrops') + countIn(effects, 'ListenOverflows') > 0,
      then: ({ effects }: Step) => countIn(effects, 'ListenDrops') >= countIn(effects, 'ListenOverflows'),
    },
  ),
  stepProperty(
    {
      id: 'N2',
      family,
      sentence: 'What counts an overflow counts a drop in the same breath, once.',
      formula: '□[ΔListenOverflows = 1 ⇒ ΔListenDrops = 1]',
      source: 'linux: tcp_conn_request, tcp_v4_syn_recv_sock',
    },
    {
      reads: server,
      given: ({ effects }: Step) => countIn(effects, 'ListenOverflows') > 0,
      then: ({ effects }: Step) => countIn(effects, 'ListenOverflows') === 1 && countIn(effects, 'ListenDrops') === 1,
    },
  ),
  stepProperty(
    {
      id: 'N9',
      family,
      sentence: 'OutRsts counts the RSTs that are sent, no more and no fewer.',
      formula: '□[ΔOutRsts = #RST sent]',
      source: 'linux: tcp_v4_send_reset, tcp_send_active_reset',
    },
    {
      reads: ends,
      given: ({ effects }: Step) => countIn(effects, 'OutRsts') > 0 || sentIn(effects).some(hasRst),
      then: ({ effects }: Step) => countIn(effects, 'OutRsts') === sentIn(effects).filter(hasRst).length,
    },
  ),
]
