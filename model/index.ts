/**
 * What *can* happen: TCP endpoints, a listener with its two queues, the wire and the clock, as pure reducers.
 *
 * A segment arrives (`receive`), a process calls (`connect`, `send`, `close` …), a timer fires (`fire`), time passes
 * (`elapse`): each is a function from a state to a `Reaction`, which says what the state becomes, what is sent and what the
 * kernel counts. `modelOf(setting)` composes them into a bounded world; `events` and `reduce` run it.
 *
 * @example
 * import { connect, notation, profiles, receive, seq, synAck } from 'halfopen/model'
 *
 * const { dialect, sysctls } = profiles['linux-6.18']
 * const durations = { initialRto: 1, msl: 2, timeWait: 4, finTimeout: 3, invalidRatelimit: 0 } // in ticks
 * const stack = { dialect, sysctls, durations, window: 8, mss: 4, delayedAcks: false }
 * const opening = connect(seq(100), stack)
 * const { to, send } = receive(opening.to, synAck(seq(500), seq(101)), stack)
 * console.log(to.state, notation(send[0])) // ESTABLISHED [.] ack 501
 *
 * Read next: `socket/receive.ts` (RFC 9293 §3.10.7), `listener/server.ts` (what a listening port does), `world/rules.ts`.
 */
export * from './config.ts'
export * from './counters.ts'
export * from './icmp.ts'
export * from './kernel-text.ts'
export * from './listener/close.ts'
export * from './listener/cookie.ts'
export * from './listener/icmp.ts'
export * from './listener/listener.ts'
export type * from './listener/object.ts'
export * from './listener/queues.ts'
export * from './listener/ratelimit.ts'
export * from './listener/recycle.ts'
export * from './listener/renumber.ts'
export * from './listener/request.ts'
export * from './listener/server.ts'
export type * from './listener/types.ts'
export * from './options.ts'
export * from './profile/index.ts'
export * from './reaction.ts'
export * from './segment.ts'
export * from './sequence.ts'
export * from './socket/calls.ts'
export * from './socket/icmp.ts'
export * from './socket/keepalive.ts'
export * from './socket/output.ts'
export * from './socket/ratelimit.ts'
export * from './socket/receive.ts'
export * from './socket/renumber.ts'
export * from './socket/reset.ts'
export * from './socket/retransmit.ts'
export * from './socket/socket.ts'
export * from './socket/synSent.ts'
export * from './socket/tail-loss-probe.ts'
export * from './socket/time.ts'
export * from './socket/timeWait.ts'
export * from './socket/unobserved.ts'
export type * from './states.ts'
export * from './sysctl.ts'
export type * from './sysctls/knob.ts'
export * from './sysctls/knobs.ts'
export * from './sysctls/rule.ts'
export * from './view/index.ts'
export * from './wire/budget.ts'
export * from './wire/channel.ts'
export * from './world/effects.ts'
export * from './world/parts.ts'
export * from './world/setting.ts'
export * from './world/world.ts'
