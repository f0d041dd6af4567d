/** Which options a host offers and accepts: tcp_timestamps, tcp_window_scaling, tcp_sack. linux: tcp_syn_options, tcp_synack_options */
import type { TcpOptions } from '../capture.ts'
import type { Revealed } from './setting.ts'

/** The options of a SYN, or of a SYN+ACK. */
export interface Offer {
  readonly packet: number
  readonly options: TcpOptions
}

const offered = [
  ['tcp_timestamps', 'timestamp', 'timestamps', 2],
  ['tcp_window_scaling', 'windowScale', 'window scaling', 1],
  ['tcp_sack', 'sackPermitted', 'SACK', 1],
] as const

/** How many settings the options of a SYN tell. */
export const OFFERED = offered.length

/** Which of them a SYN offers, a bit each: SYNs with the same tell the same. */
export const offeredBits = (options: TcpOptions): number =>
  offered.reduce((bits, [, option], i) => (options[option] === undefined ? bits : bits | (1 << i)), 0)

/** A client offers what its settings say. */
export const offersOf = ({ packet, options }: Offer): Revealed[] =>
  offered.map(([setting, option, words, most]) =>
    options[option] === undefined
      ? { setting, least: 0, most: 0, packets: [packet], because: `packet ${packet} does not offer ${words}` }
      : { setting, least: 1, most, packets: [packet], because: `packet ${packet} offers ${words}` },
  )

/** A server grants what was offered, if its settings allow; a cookie without timestamps has no room for the rest. */
export const grantsOf = (syn: Offer, synAck: Offer): Revealed[] =>
  offered.flatMap(([setting, option, words, most]): Revealed[] => {
    if (syn.options[option] === undefined) return []
    const packets = [syn.packet, synAck.packet]
    if (synAck.options[option] !== undefined)
      return [{ setting, least: 1, most, packets, because: `packet ${synAck.packet} grants ${words}` }]
    if (option !== 'timestamp' && synAck.options.timestamp === undefined) return []
    return [{ setting, least: 0, most: 0, packets, because: `packet ${synAck.packet} does not grant ${words}` }]
  })
