/**
 * What *can* happen: TCP endpoints, a listener with its two queues, the wire and the clock, as pure reducers.
 *
 * A segment arrives (`receive`), a process calls (`connect`, `send`, `close` …), a timer fires (`fire`), time passes
 * (`elapse`): each is a function from a state to a `Reaction`, which says what the state becomes, what is sent and what the
 * kernel counts. `modelOf(setting)` composes them into a bounded world; `events` and `reduce` run it.
 *
 * @example
 * const world = initialWorld(setting)
 * const [first] = events(modelOf(setting), world)   // { event: { rule: 'connect', group: 0, choice: 0 }, world: …, … }
 *
 * Read next: `socket/receive.ts` (RFC 9293 §3.10.7), `listener/server.ts` (what a listening port does), `world/rules.ts`.
 */
export * from './config.ts'
export * from './counters.ts'
export * from './listener/listener.ts'
export * from './listener/request.ts'
export * from './listener/server.ts'
export * from './profile.ts'
export * from './reaction.ts'
export * from './segment.ts'
export * from './sequence.ts'
export * from './socket/calls.ts'
export * from './socket/output.ts'
export * from './socket/receive.ts'
export * from './socket/reset.ts'
export * from './socket/retransmit.ts'
export * from './socket/socket.ts'
export * from './socket/synSent.ts'
export * from './socket/time.ts'
export * from './socket/timeWait.ts'
export * from './sysctl.ts'
export * from './wire/budget.ts'
export * from './wire/channel.ts'
export * from './world/effects.ts'
export * from './world/parts.ts'
export * from './world/setting.ts'
export * from './world/world.ts'
