/** Reducers with one wrong rule each: what the suite has to find. */
import {
  add,
  before,
  closed,
  distance,
  type Flags,
  hasFin,
  hasRst,
  hasSyn,
  isTcb,
  type Segment,
  type Stack,
} from '../../../model/index.ts'
import type { Moment, Wrong } from '../targets/host.ts'

type When = (s: Segment, at: Moment) => boolean
type Change = (s: Segment, at: Moment) => readonly Segment[]

const hears = (when: When, change: Change): Wrong => ({ hears: (s, at) => (when(s, at) ? change(s, at) : [s]) })
const says = (when: When, change: Change): Wrong => ({ says: (s, at) => (when(s, at) ? change(s, at) : [s]) })
const nothing: Change = () => []
const dialect = (o: Partial<Stack['dialect']>): Wrong => ({ stack: (s) => ({ ...s, dialect: { ...s.dialect, ...o } }) })
const sysctls = (o: Partial<Stack['sysctls']>): Wrong => ({ stack: (s) => ({ ...s, sysctls: { ...s.sysctls, ...o } }) })

const where =
  (before_: Moment['before'], when: When = () => true): When =>
  (s, at) =>
    at.before === before_ && when(s, at)
const inState =
  (state: string, when: When = () => true): When =>
  (s, at) =>
    (at.socket?.state === 'TIME_WAIT' ? at.socket.substate : at.socket?.state) === state && when(s, at)
const synchronized: When = (_, at) => at.socket !== undefined && isTcb(at.socket)
const isRst: When = (s) => hasRst(s)
const ahead = (s: Segment, at: Moment): number => (at.next?.seq === undefined ? 0 : distance(at.next.seq, s.seq))
const FAR = 100_000

const withFlags = (s: Segment, flags: Flags): Segment => {
  const { ack, ...rest } = s
  return flags.includes('.') && ack !== undefined ? { ...rest, ack, flags } : { ...rest, flags }
}
/** As if it were next in order. */
const inOrder: Change = (s, at) => [{ ...s, ...(at.next?.seq === undefined ? {} : { seq: at.next.seq }) }]
const rightAck: Change = (s, at) => [{ ...s, ...(at.next && { ack: at.next.ack }) }]
const resets: Change = (s, at) => inOrder({ ...withFlags(s, 'R'), len: 0 }, at)
const plusAck =
  (n: number): Change =>
  (s) => [{ ...s, ...(s.ack === undefined ? {} : { ack: add(s.ack, n) }) }]
const isText: When = (s) => s.len > 0
const isSyn: When = (s) => hasSyn(s)

/** By the rule that is wrong. */
export const wrong: Readonly<Record<string, Wrong>> = {
  'CLOSED: the RST that answers a SYN has a number': says(
    where('nothing', (s) => s.flags === 'R.'),
    (s) => [{ ...s, seq: add(s.seq, 1) }],
  ),
  'CLOSED: the RST does not count the SYN': says(
    where('nothing', (s) => s.flags === 'R.'),
    plusAck(-1),
  ),
  'CLOSED: the RST does not count a FIN': says(
    where('nothing', (s, at) => s.flags === 'R.' && at.heard !== undefined && hasFin(at.heard)),
    plusAck(-1),
  ),
  'CLOSED: every RST has an ACK': says(
    where('nothing', (s) => s.flags === 'R'),
    (s, at) => [{ ...s, flags: 'R.', ack: add(at.heard!.seq, at.heard!.len) }],
  ),
  'CLOSED: a RST is answered': hears(where('nothing', isRst), (s) => [withFlags(s, s.ack === undefined ? '' : '.')]),
  'LISTEN: a RST is answered': hears(
    where('listener', (s) => s.flags === 'R.'),
    (s) => [withFlags(s, '.')],
  ),
  'LISTEN: an ACK is dropped': hears(
    where('listener', (s) => s.flags === '.'),
    nothing,
  ),
  'LISTEN: a SYN+ACK opens': hears(
    where('listener', (s) => s.flags === 'S.'),
    (s) => [withFlags(s, 'S')],
  ),
  'LISTEN: a FIN is reset': hears(
    where('listener', (s) => s.flags === 'F'),
    (s) => [{ ...s, flags: 'F.', ack: s.seq }],
  ),
  'LISTEN: the SYN+ACK acknowledges nothing new': says((s) => s.flags === 'S.', plusAck(-1)),
  'SYN-RECEIVED: any ACK opens': hears(
    where('request', (s) => s.flags === '.'),
    rightAck,
  ),
  'SYN-RECEIVED: a copy of the SYN is dropped': hears(where('request', isSyn), nothing),
  'SYN-RECEIVED: a RST is dropped': hears(where('request', isRst), nothing),
  'SYN-RECEIVED: any RST in the window counts': hears(where('request', isRst), inOrder),
  'SYN-RECEIVED: another SYN is dropped': hears(
    where('request', (s, at) => hasSyn(s) && ahead(s, at) > 0),
    nothing,
  ),
  'SYN-RECEIVED: the text of the third ACK is lost': hears(where('request', isText), (s) => [{ ...s, len: 0 }]),
  'SYN-RECEIVED: the FIN of the third ACK is lost': hears(
    where('request', (s) => hasFin(s)),
    (s) => [withFlags(s, '.')],
  ),
  'SYN-RECEIVED: the SYN+ACK is sent once': says((s, at) => at.by === 'timer' && s.flags === 'S.', nothing),
  'SYN-SENT: any SYN+ACK opens': hears(
    inState('SYN_SENT', (s) => s.flags === 'S.'),
    rightAck,
  ),
  'SYN-SENT: a RST without ACK refuses': hears(
    inState('SYN_SENT', (s) => s.flags === 'R'),
    (s, at) => [{ ...s, flags: 'R.', ack: at.next!.ack }],
  ),
  'SYN-SENT: a RST with any ACK refuses': hears(
    inState('SYN_SENT', (s) => s.flags === 'R.'),
    rightAck,
  ),
  'SYN-SENT: a RST is dropped': hears(inState('SYN_SENT', isRst), nothing),
  'SYN-SENT: no simultaneous open': hears(
    inState('SYN_SENT', (s) => s.flags === 'S'),
    nothing,
  ),
  'SYN-SENT: the SYN+ACK of a simultaneous open has another number': says(
    inState('SYN_SENT', (s) => s.flags === 'S.'),
    (s) => [{ ...s, seq: add(s.seq, 1) }],
  ),
  'SYN-SENT: an ACK opens': hears(
    inState('SYN_SENT', (s) => s.flags === '.'),
    (s) => [{ ...s, flags: 'S.' }],
  ),
  'SYN-SENT: the SYN is sent once': says((s, at) => at.by === 'timer' && s.flags === 'S', nothing),
  'SYN-SENT: the SYN is given up after a minute': sysctls({ tcp_syn_retries: 5 }),
  'a RST at the next number is dropped': hears(
    (s, at) => synchronized(s, at) && isRst(s, at) && ahead(s, at) === 0,
    nothing,
  ),
  'a RST with text is dropped': hears((s, at) => synchronized(s, at) && isRst(s, at) && s.len > 0, nothing),
  'any RST in the window counts': hears((s, at) => synchronized(s, at) && isRst(s, at) && ahead(s, at) < FAR, inOrder),
  'any RST counts': hears((s, at) => synchronized(s, at) && isRst(s, at) && ahead(s, at) >= FAR, inOrder),
  'a SYN in the window resets': hears((s, at) => synchronized(s, at) && s.flags === 'S' && ahead(s, at) < FAR, resets),
  'a SYN is dropped': dialect({ bareSyn: 'drop' }),
  'a SYN+ACK resets': hears(
    inState('ESTABLISHED', (s) => s.flags === 'S.'),
    resets,
  ),
  'an ACK of what was not sent is dropped': dialect({ ackOfUnsent: 'drop' }),
  'text with an ACK of what was not sent is taken': hears(
    inState('ESTABLISHED', (s, at) => s.ack !== undefined && before(at.next!.ack, s.ack)),
    rightAck,
  ),
  'a duplicate ACK is answered': hears(
    (s, at) => at.socket?.state === 'ESTABLISHED' && s.flags === '.' && s.len === 0 && at.socket.snd.una === s.ack,
    (s) => [{ ...s, seq: add(s.seq, -1) }],
  ),
  'text beyond the window is dropped': hears(
    (s, at) => synchronized(s, at) && isText(s, at) && ahead(s, at) > FAR,
    nothing,
  ),
  'old text is dropped': hears((s, at) => synchronized(s, at) && isText(s, at) && ahead(s, at) + s.len <= 0, nothing),
  'all of text that is partly old is taken': hears(
    (s, at) => inState('ESTABLISHED')(s, at) && isText(s, at) && ahead(s, at) < 0 && ahead(s, at) + s.len > 0,
    inOrder,
  ),
  'text without ACK is taken': hears(
    (s, at) => synchronized(s, at) && s.flags === '',
    (s, at) => [{ ...s, flags: '.', ack: at.next!.ack }],
  ),
  'text ahead of a gap is forgotten': hears(
    (s, at) => synchronized(s, at) && isText(s, at) && ahead(s, at) > 0,
    nothing,
  ),
  'text is not acknowledged': says((s, at) => s.flags === '.' && s.len === 0 && (at.heard?.len ?? 0) > 0, nothing),
  'numbers are compared as integers': hears(
    (s, at) => synchronized(s, at) && at.next?.seq !== undefined && s.seq < at.next.seq && ahead(s, at) > 0,
    nothing,
  ),
  'text is sent once': says((s, at) => at.by === 'timer' && s.len > 0, nothing),
  'a FIN is sent once': says((s, at) => at.by === 'timer' && hasFin(s), nothing),
  'timers do not back off': {
    becomes: (to, at) => (at.by === 'timer' && isTcb(to) && to.rtx ? { ...to, rtx: { ...to.rtx, left: 1_000 } } : to),
  },
  'the timer of a SYN does not back off': {
    becomes: (to, at) =>
      at.by === 'timer' && to.state === 'SYN_SENT' ? { ...to, rtx: { ...to.rtx, left: 1_000 } } : to,
  },
  'text is given up after five tries': sysctls({ tcp_retries2: 5 }),
  'a FIN is not acknowledged': says((s, at) => s.flags === '.' && at.heard !== undefined && hasFin(at.heard), nothing),
  'a FIN ahead of a gap counts': hears((s, at) => synchronized(s, at) && hasFin(s) && ahead(s, at) > 0, inOrder),
  'CLOSE-WAIT: nothing is sent': says(inState('CLOSE_WAIT', isText), nothing),
  'FIN-WAIT-2: text is reset': hears(inState('FIN_WAIT2', isText), resets),
  'CLOSING: no TIME-WAIT': {
    becomes: (to, at) => (at.socket?.state === 'CLOSING' && to.state === 'TIME_WAIT' ? closed('closed') : to),
  },
  'LAST-ACK: the ACK of the FIN is ignored': hears(
    inState('LAST_ACK', (s) => s.flags === '.'),
    nothing,
  ),
  'no TIME-WAIT': { becomes: (to) => (to.state === 'TIME_WAIT' ? closed('closed') : to) },
  'TIME-WAIT lasts 1 MSL': { stack: (s) => ({ ...s, durations: { ...s.durations, timeWait: 30_000 } }) },
  'TIME-WAIT is not started again': {
    becomes: (to, at) =>
      to.state === 'TIME_WAIT' && at.socket?.state === 'TIME_WAIT' ? { ...to, left: at.socket.left } : to,
  },
  'TIME-WAIT: a FIN is not acknowledged': says(
    inState('TIME_WAIT', (_, at) => at.heard !== undefined && hasFin(at.heard)),
    nothing,
  ),
  'TIME-WAIT: any SYN opens': hears(inState('TIME_WAIT', isSyn), (s) => [{ ...s, seq: add(s.seq, 90_000) }]),
  'TIME-WAIT: a RST is dropped': sysctls({ tcp_rfc1337: 1 }),
  'TIME-WAIT: old text is dropped': hears(inState('TIME_WAIT', isText), nothing),
  'ABORT is silent': says((s, at) => at.by === 'call' && hasRst(s), nothing),
  'text after CLOSE is taken': dialect({ dataAfterClose: 'accept' }),
  'no MSS in the SYN+ACK': says(
    (s) => s.flags === 'S.',
    (s) => [{ ...s, options: {} }],
  ),
  'the peer’s MSS is ignored': {
    becomes: (to) => (isTcb(to) && to.options ? { ...to, options: { ...to.options, mss: 1_460 } } : to),
  },
  'without an MSS it is 1460': {
    becomes: (to) => (isTcb(to) && to.options?.mss === 536 ? { ...to, options: { ...to.options, mss: 1_460 } } : to),
  },
  'a timestamp that is not asked for': says(
    (s) => s.flags === 'S.',
    (s) => [{ ...s, options: { ...s.options, timestamp: { val: 1, echo: 0 } } }],
  ),
  'a window scale that is not asked for': says(
    (s) => s.flags === 'S.',
    (s) => [{ ...s, options: { ...s.options, windowScale: 7 } }],
  ),
  'timestamps echo the first one': says(
    (s) => s.flags === '.' && s.options?.timestamp !== undefined,
    (s) => [{ ...s, options: { timestamp: { val: 1, echo: 1_000_000 } } }],
  ),
  'no PAWS': hears(
    (s, at) => synchronized(s, at) && s.options?.timestamp !== undefined,
    (s) => [{ ...s, options: { timestamp: { ...s.options!.timestamp!, val: 2_000_000 } } }],
  ),
  'an MSS in every segment': says(
    (s) => !hasSyn(s),
    (s) => [{ ...s, options: { ...s.options, mss: 1_460 } }],
  ),
}
