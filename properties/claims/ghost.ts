/** What is said of clients that are established while their server is not. */
import { propertyNamed } from '../families/index.ts'
import { type Claim, everywhere, since, until } from './claim.ts'
import {
  ackPromotes,
  clientIsReset,
  dataDroppedWhenFull,
  dataPromotes,
  finPromotes,
  finWaitAnswers,
  noticedOnlyWhenFull,
  overflowResets,
  overflowsOnlyAtThirdAck,
  repeatsThoughAcked,
} from './questions.ts'
import { goneInSilence } from './timers.ts'
import { backlogOfNone, fullHouse, oneWrites, twoForOnePlace } from './worlds.ts'

const known = (id: string) => propertyNamed(id)!
const abort = { sysctls: { tcp_abort_on_overflow: 1 } } as const

export const ghostClaims: readonly Claim[] = [
  {
    id: 'ghost-exists',
    articles: ['ghost'],
    says: 'A client can be ESTABLISHED while its server shows it in SYN_RECV and goes on repeating the SYN+ACK.',
    because: 'The third ACK met a full accept queue and was dropped; the request keeps its timer.',
    source: 'linux: tcp_check_req, reqsk_timer_handler',
    experiments: [
      { property: known('GHOST'), world: twoForOnePlace, claimed: 'reached' },
      { property: repeatsThoughAcked, world: twoForOnePlace, claimed: 'reached' },
    ],
    verdicts: everywhere('true'),
  },
  {
    id: 'ghost-needs-a-full-accept-queue',
    articles: ['ghost'],
    says: 'What makes such a client is an accept queue that is full when its third ACK arrives.',
    because:
      'With tcp_abort_on_overflow 0 nothing else drops a third ACK, TCP_DEFER_ACCEPT aside; with room for all there is no ghost.',
    source: 'linux: tcp_v4_syn_recv_sock',
    experiments: [
      { property: noticedOnlyWhenFull, world: twoForOnePlace, claimed: 'holds' },
      { property: known('GHOST'), world: twoForOnePlace, change: { backlog: 4 }, claimed: 'not reached' },
    ],
    verdicts: everywhere('true'),
  },
  {
    id: 'repeated-syn-ack-means-ack-lost',
    articles: ['ghost'],
    says: 'That the server repeats its SYN+ACK shows that it has not received the third ACK.',
    because: 'It has received it, noted that it came, and dropped it; the SYN+ACK is repeated all the same.',
    source: 'linux: tcp_check_req, reqsk_timer_handler',
    experiments: [{ property: repeatsThoughAcked, world: twoForOnePlace, claimed: 'not reached' }],
    verdicts: everywhere('false'),
  },
  {
    id: 'syn-recv-ignores-data',
    articles: ['ghost', 'experiments'],
    says: 'What the client of a ghost sends, text or FIN, is dropped, for the server is in SYN_RECV.',
    onlyIf: 'the accept queue is still full: otherwise the segment completes the handshake, with its text',
    because: 'Whatever carries an ACK is tried as a third ACK.',
    source: 'linux: tcp_check_req',
    experiments: [
      { property: dataPromotes, world: oneWrites, claimed: 'not reached' },
      { property: finPromotes, world: oneWrites, claimed: 'not reached' },
      { property: dataDroppedWhenFull, world: oneWrites, claimed: 'holds', granted: true },
    ],
    verdicts: everywhere('only if'),
  },
  {
    id: 'retransmission-promotes',
    articles: ['queues'],
    says: 'When the accept queue has room again, the client’s retransmitted text completes the handshake.',
    because: 'Text with an ACK is as good a third ACK as any, and the child takes the text.',
    source: 'linux: tcp_check_req, tcp_child_process',
    experiments: [{ property: dataPromotes, world: oneWrites, claimed: 'reached' }],
    verdicts: everywhere('true'),
  },
  {
    id: 'fin-wait-1-answers',
    articles: ['ghost'],
    says: 'A client that has closed, and is in FIN_WAIT1, answers each repeated SYN+ACK with an ACK.',
    because: 'It is a challenge ACK; since 4.0 at most one in 500 ms.',
    source: 'linux: tcp_validate_incoming',
    experiments: [{ property: finWaitAnswers, world: oneWrites, claimed: 'reached' }],
    verdicts: everywhere('true'),
  },
  {
    id: 'that-ack-is-useless',
    articles: ['ghost'],
    says: 'The server cannot use that ACK, for it waits for an ACK of its first SYN+ACK.',
    because: 'The number is the same, so the ACK is valid; if there is room by now, it completes the handshake.',
    source: 'linux: tcp_check_req',
    experiments: [{ property: ackPromotes, world: twoForOnePlace, claimed: 'not reached' }],
    verdicts: everywhere('false'),
  },
  {
    id: 'ghosts-end-by-timeout',
    articles: ['ghost'],
    says: 'Both ends of a ghost go on until one of them times out.',
    because:
      'accept() ends it, too. And the server gives up in silence: the client’s next segment is answered with RST, before its own retries are used up.',
    source: 'linux: tcp_check_req, reqsk_timer_handler',
    experiments: [
      { property: ackPromotes, world: twoForOnePlace, claimed: 'not reached' },
      { property: clientIsReset, world: oneWrites, claimed: 'not reached' },
    ],
    verdicts: everywhere('false'),
  },
  {
    id: 'overflows-count-third-acks',
    articles: ['ghost'],
    says: 'ListenOverflows counts third ACKs that met a full accept queue.',
    because: 'It counts SYNs that did so, too, since 4.10 every one of them; each segment counts, not each connection.',
    source: 'linux: tcp_conn_request, tcp_v4_syn_recv_sock',
    experiments: [{ property: overflowsOnlyAtThirdAck, world: fullHouse, claimed: 'holds' }],
    verdicts: everywhere('false'),
  },
  {
    id: 'drops-are-no-fewer-than-overflows',
    articles: ['ghost'],
    says: 'ListenDrops is never less than ListenOverflows.',
    because: 'Whatever counts as an overflow counts as a drop in the same breath.',
    source: 'linux: tcp_listendrop',
    experiments: [
      { property: known('N1'), world: fullHouse, claimed: 'holds' },
      { property: known('N1'), world: twoForOnePlace, claimed: 'holds' },
    ],
    verdicts: everywhere('true'),
  },
  {
    id: 'abort-resets-the-client',
    articles: ['ghost', 'queues', 'experiments'],
    says: 'With tcp_abort_on_overflow = 1 a client whose third ACK finds no room is reset.',
    onlyIf: 'its handshake was not one of SYN cookies, which are dropped in silence',
    because: 'There is a request to delete, and its client is sent a RST; a cookie has left nothing to delete.',
    source: 'linux: tcp_check_req, tcp_get_cookie_sock',
    experiments: [
      {
        property: overflowResets,
        world: backlogOfNone,
        change: { sysctls: { ...abort.sysctls, tcp_syncookies: 1 } },
        claimed: 'holds',
      },
      { property: overflowResets, world: twoForOnePlace, change: abort, claimed: 'holds', granted: true },
      { property: clientIsReset, world: twoForOnePlace, change: abort, claimed: 'reached', granted: true },
    ],
    verdicts: since('linux-4.4', 'only if'),
    unasked: { 'linux-3.10': 'its SYN queue takes 16 before it sends cookies, too many for a small world' },
  },
  {
    id: 'abort-acts-at-promotion-only',
    articles: ['experiments'],
    says: 'tcp_abort_on_overflow acts where a request is promoted; a SYN is dropped in silence whatever it says.',
    because: 'A SYN that finds no room is dropped before anybody looks at the setting.',
    source: 'linux: tcp_conn_request, tcp_check_req',
    experiments: [
      { property: known('Q10'), world: fullHouse, change: abort, claimed: 'holds' },
      { property: known('Q10'), world: twoForOnePlace, change: abort, claimed: 'holds' },
      { property: known('SYN-dropped'), world: fullHouse, change: abort, claimed: 'reached' },
    ],
    verdicts: everywhere('true'),
  },
  {
    id: 'a-burst-recovers',
    articles: ['tcp(7)'],
    says: 'With tcp_abort_on_overflow = 0 connections that overflowed in a burst recover.',
    onlyIf:
      'the process accepts before the requests are given up: after that their clients are told only when they send',
    because: 'After tcp_synack_retries the request goes without a word, and a client that is silent stays ESTABLISHED.',
    source: 'linux: reqsk_timer_handler, tcp_check_req',
    experiments: [
      { property: goneInSilence, world: twoForOnePlace, claimed: 'not reached' },
      { property: known('ghost-recovers'), world: twoForOnePlace, claimed: 'reached', granted: true },
    ],
    verdicts: everywhere('only if'),
  },
  {
    id: 'full-accept-queue-drops-syns',
    articles: ['experiments'],
    says: 'While the accept queue is full every new SYN is dropped, even if the SYN queue has room.',
    because: 'Since 4.10 (5ea8ea2cb7f1). Before, one was dropped only if more than one request was young.',
    source: 'linux: tcp_conn_request',
    experiments: [
      { property: known('Q9'), world: fullHouse, claimed: 'holds' },
      { property: known('SYN-dropped'), world: fullHouse, claimed: 'reached' },
    ],
    verdicts: until('linux-4.9', 'false', 'true'),
  },
]
