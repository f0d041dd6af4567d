/** One connection that closes, waits or falls silent: what becomes of it. The peer's segments are ours. */
import {
  close,
  connect,
  elapse,
  fire,
  isTcb,
  isTimeWait,
  mayReuse,
  type Options,
  probe,
  receive,
  type Segment,
  type Socket,
  type Stack,
  send,
  seq,
  shutdown,
  sysctls,
  timeLeft,
} from '../../model/index.ts'

const offers = { mss: 1460, windowScale: 7, clock: 1 } as const
const stamp: Options = { timestamp: { val: 10, echo: 1 } }
const withoutSack: Options = { mss: 1460, windowScale: 7, ...stamp }
const agreed: Options = { ...withoutSack, sack: true }

/** The peer's: its SYN+ACK had 500, and everything of ours is acknowledged up to `ack`. */
const peers = (flags: Segment['flags'], ack: number, fields: Partial<Segment> = {}): Segment => ({
  ...{ flags, seq: seq(501), len: 0, ack: seq(ack) },
  ...fields,
})

const established = (stack: Stack, options?: Options): Socket =>
  receive(connect(seq(100), stack).to, peers('S.', 101, { seq: seq(500), ...(options && { options }) }), stack).to

/** Our FIN has the number 101. */
const finWait2 = (stack: Stack, ends: 'close' | 'shutdown', options?: Options): Socket => {
  const open = established(stack, options)
  const closing = ends === 'close' ? close(open, stack) : shutdown(open, stack)
  return receive(closing!.to, peers('.', 102, options && { options: stamp }), stack).to
}

const timeWait = (stack: Stack, options?: Options): Socket =>
  receive(finWait2(stack, 'close', options), peers('F.', 102, options && { options: stamp }), stack).to

/** Time passes until its timer fires, so often; what it has sent then. */
const fires = (from: Socket, stack: Stack, times: number): { readonly to: Socket; readonly sent: Segment[] } => {
  let to = from
  const sent: Segment[] = []
  for (let i = 0; i < times; i++) {
    const left = timeLeft(to)
    if (left === undefined) break
    const r = fire(elapse(to, left)!, stack)
    to = r.to
    sent.push(...r.send)
  }
  return { to, sent }
}

/** Does TIME_WAIT last as long with another tcp_fin_timeout? */
export const timeWaitAndFinTimeout = (stack: Stack): string => {
  const [a, b] = [1, 40].map((finTimeout) =>
    timeLeft(timeWait({ ...stack, durations: { ...stack.durations, finTimeout } })),
  )
  return a === b ? 'as long' : 'another time'
}

/** connect() finds its ports in TIME_WAIT. */
export const overTimeWait =
  ({ age, timestamps, bound }: { readonly age: number; readonly timestamps: boolean; readonly bound: boolean }) =>
  (plain: Stack): string => {
    const stack = { ...plain, offers, durations: { ...plain.durations, timeWait: 60, reuseDelay: 1 } }
    const w = elapse(timeWait(stack, timestamps ? agreed : { mss: 1460 }), age)!
    return isTimeWait(w) && mayReuse(w, stack, bound) ? 'taken' : 'EADDRNOTAVAIL'
  }

/** The last FIN comes where there are as many TIME_WAITs as there may be. */
export const oneTimeWaitMore = (stack: Stack): string => {
  const { state } = receive(finWait2(stack, 'shutdown'), peers('F.', 102), { ...stack, timeWaitFull: true }).to
  return state === 'TIME_WAIT' ? 'one TIME_WAIT more' : 'closed at once'
}

/** Our process closes, and the peer is silent: how often the FIN goes out again. */
export const finsOfOrphan =
  ({ sack }: { readonly sack: boolean }) =>
  (plain: Stack): string => {
    const stack = { ...plain, offers }
    const orphan = close(established(stack, sack ? agreed : withoutSack), stack)!.to
    const probed = isTcb(orphan) ? probe(orphan, stack) : undefined
    const { sent } = fires(probed?.to ?? orphan, stack, 40)
    return `${sent.length + (probed ? 1 : 0)} times`
  }

/** close() where there are as many sockets without a process as there may be. */
export const oneOrphanMore = (stack: Stack): string => {
  const r = close(established(stack), { ...stack, orphansFull: true })!
  return r.send.some((s) => s.flags === 'R.') ? 'reset' : 'closes like others'
}

/** The peer has acknowledged our FIN, and does not close. */
export const finWait2Ends =
  (ends: 'close' | 'shutdown') =>
  (stack: Stack): string => {
    const { to } = fires(finWait2(stack, ends), stack, 4)
    return to.state === 'CLOSED' ? to.because : 'it stays'
  }

const watching = (stack: Stack): Stack => ({ ...stack, keepalive: { idle: 5, interval: 2, probes: 3 } })

/** Keepalive with an interval of 2 and an idle time of 5: a probe is answered. */
export const afterAnAnsweredProbe = (plain: Stack): string => {
  const stack = watching(plain)
  const { to } = fires(established(stack), stack, 1)
  return `the next one after ${timeLeft(receive(to, peers('.', 101), stack).to)}`
}

/** Our text is not acknowledged: does the idle connection's probe go out meanwhile? */
export const probesWhileBusy = (plain: Stack): string => {
  const stack = watching(plain)
  const busy = send(established(stack), 1, stack)!.to
  const { sent } = fires(busy, stack, 4)
  return sent.some((s) => s.len === 0) ? 'probed' : 'not probed'
}

/** The peer is gone, and our process waits. */
export const deadPeer =
  ({ keepalive }: { readonly keepalive: boolean }) =>
  (plain: Stack): string => {
    const stack = keepalive ? watching(plain) : plain
    const { to } = fires(established(stack), stack, 40)
    return to.state === 'CLOSED' ? to.because : 'it stays'
  }

/** One end closes, then the other: what is left of both. */
export const bothClose = (stack: Stack): string => {
  const first = timeWait(stack)
  const passive = receive(established(stack), peers('F.', 101), stack).to // as seen from the other end
  const last = receive(close(passive, stack)!.to, peers('.', 102, { seq: seq(502) }), stack).to
  return `${first.state} and ${last.state}`
}

export const settingNamed = (name: string) => (): string => (name in sysctls ? 'a setting' : 'no such setting')
