/** What is said of how long the two queues are, and of what happens when they are full. */
import { propertyNamed } from '../families/index.ts'
import { type Claim, everywhere, since, until } from './claim.ts'
import { optionsOfCookie, synBehindNat } from './plays.ts'
import { cookieStoresNothing, synQueueDrops, synQueueResets, synRecvIsUnanswered } from './questions.ts'
import { backlogOfNone, threeAtOnce, twoForOnePlace } from './worlds.ts'

const known = (id: string) => propertyNamed(id)!
const cookieOptions = 'the options of a SYN that is answered with a cookie'
const noCookies = { tcp_syncookies: 0 } as const

export const queueClaims: readonly Claim[] = [
  {
    id: 'max-syn-backlog-is-syn-queue',
    articles: ['experiments', 'table', 'listen(2)', 'tcp(7)'],
    says: 'tcp_max_syn_backlog is how many requests the SYN queue takes.',
    because:
      'Since 4.4 it is the backlog that limits them; tcp_max_syn_backlog only keeps a quarter of itself for known peers, with cookies off. Until 4.3 the smaller of both, rounded up, was the size of a table.',
    source: 'linux: inet_csk_reqsk_queue_is_full, tcp_conn_request, reqsk_queue_alloc',
    experiments: [
      { queue: 'SYN queue', backlog: 128, sysctls: { ...noCookies, tcp_max_syn_backlog: 2048 }, claimed: 2048 },
      { queue: 'SYN queue', backlog: 128, sysctls: { tcp_syncookies: 1, tcp_max_syn_backlog: 64 }, claimed: 64 },
    ],
    verdicts: everywhere('false'),
  },
  {
    id: 'larger-of-the-two',
    articles: ['queues'],
    says: 'The SYN queue takes the larger of tcp_max_syn_backlog and the backlog.',
    because:
      'Since 4.4 it takes what the backlog says; until 4.3 it was the smaller of both, rounded up to a power of two.',
    source: 'linux: inet_csk_reqsk_queue_is_full, reqsk_queue_alloc',
    experiments: [
      { queue: 'SYN queue', backlog: 100, sysctls: { ...noCookies, tcp_max_syn_backlog: 2048 }, claimed: 2048 },
    ],
    verdicts: everywhere('false'),
  },
  {
    id: 'syn-queue-is-a-power-of-two',
    articles: ['experiments'],
    says: 'The SYN queue is a table whose size is rounded up to a power of two.',
    because: 'That ended with 4.4 (ef547f2ac16b).',
    source: 'linux: reqsk_queue_alloc',
    experiments: [
      { queue: 'SYN queue', backlog: 5, sysctls: { ...noCookies, tcp_max_syn_backlog: 2048 }, claimed: 16 },
      { queue: 'SYN queue', backlog: 100, sysctls: { ...noCookies, tcp_max_syn_backlog: 2048 }, claimed: 128 },
    ],
    verdicts: until('linux-3.10', 'true', 'false'),
  },
  {
    id: 'somaxconn-is-accept-queue',
    articles: ['experiments'],
    says: 'net.core.somaxconn is the most that an accept queue takes.',
    because: 'It only caps the backlog that listen() is given, and the queue takes one more than that.',
    source: 'linux: __sys_listen_socket, sk_acceptq_is_full',
    experiments: [
      { queue: 'accept queue', backlog: 5, sysctls: { somaxconn: 100 }, claimed: 100 },
      { queue: 'accept queue', backlog: 500, sysctls: { somaxconn: 100 }, claimed: 100 },
    ],
    verdicts: everywhere('false'),
  },
  {
    id: 'accept-queue-is-the-smaller',
    articles: ['queues', 'listen(2)'],
    says: 'The accept queue takes as many connections as the smaller of backlog and net.core.somaxconn.',
    because: 'One more: the queue is full when it holds more than that.',
    source: 'linux: sk_acceptq_is_full',
    experiments: [
      { queue: 'accept queue', backlog: 5, sysctls: { somaxconn: 100 }, claimed: 5 },
      { queue: 'accept queue', backlog: 500, sysctls: { somaxconn: 100 }, claimed: 100 },
    ],
    verdicts: everywhere('false'),
  },
  {
    id: 'one-more-than-the-backlog',
    articles: ['experiments'],
    says: 'The accept queue takes one connection more than the smaller of backlog and net.core.somaxconn.',
    because: 'The test is “more than”, not “as many as”.',
    source: 'linux: sk_acceptq_is_full',
    experiments: [
      { queue: 'accept queue', backlog: 5, sysctls: { somaxconn: 100 }, claimed: 6 },
      { queue: 'accept queue', backlog: 500, sysctls: { somaxconn: 100 }, claimed: 101 },
      { property: known('FULL'), world: threeAtOnce, claimed: 'reached' },
      { property: known('Q1'), world: threeAtOnce, claimed: 'holds' },
    ],
    verdicts: everywhere('true'),
  },
  {
    id: 'promotion-in-order',
    articles: ['queues'],
    says: 'The third ACK moves a connection from the SYN queue to the end of the accept queue, and accept() takes its head.',
    because: 'The order of accept() is that of the third ACKs.',
    source: 'linux: inet_csk_complete_hashdance, inet_csk_accept',
    experiments: [
      { property: known('Q6'), world: threeAtOnce, claimed: 'holds' },
      { property: known("Q5'"), world: threeAtOnce, claimed: 'holds' },
    ],
    verdicts: everywhere('true'),
  },
  {
    id: 'full-syn-queue-drops',
    articles: ['queues', 'experiments', 'tcp(7)'],
    says: 'A SYN that meets a full SYN queue is dropped, and counted.',
    onlyIf: 'tcp_syncookies is 0: by default it is 1, and the SYN is answered with a cookie',
    because: 'Without cookies TCPReqQFullDrop and ListenDrops count it; with them nothing is dropped.',
    source: 'linux: tcp_syn_flood_action',
    experiments: [
      { property: synQueueDrops, world: backlogOfNone, shipped: ['tcp_syncookies'], claimed: 'reached' },
      { property: synQueueDrops, world: backlogOfNone, claimed: 'reached', granted: true },
    ],
    verdicts: since('linux-4.4', 'only if'),
    unasked: { 'linux-3.10': 'its SYN queue takes 16 at least, too many for a small world' },
  },
  {
    id: 'abort-when-syn-queue-full',
    articles: ['table'],
    says: 'With tcp_abort_on_overflow = 1 a SYN that meets a full SYN queue is answered with RST.',
    because: 'It is dropped. The setting acts where a third ACK meets a full accept queue, and nowhere else.',
    source: 'linux: tcp_conn_request, tcp_check_req',
    experiments: [
      {
        property: synQueueResets,
        world: backlogOfNone,
        change: { sysctls: { tcp_abort_on_overflow: 1 } },
        claimed: 'reached',
      },
      {
        property: synQueueResets,
        world: threeAtOnce,
        change: { sysctls: { tcp_abort_on_overflow: 1 } },
        claimed: 'reached',
      },
    ],
    verdicts: everywhere('false'),
  },
  {
    id: 'cookies-are-not-queued',
    articles: ['experiments'],
    says: 'A SYN that is answered with a cookie takes no place in the SYN queue.',
    because: 'The request is freed as soon as the SYN+ACK is sent.',
    source: 'linux: tcp_conn_request',
    experiments: [
      {
        property: cookieStoresNothing,
        world: backlogOfNone,
        change: { sysctls: { tcp_syncookies: 1 } },
        claimed: 'holds',
      },
    ],
    verdicts: since('linux-4.4', 'true'),
    unasked: { 'linux-3.10': 'its SYN queue takes 16 before it sends cookies, too many for a small world' },
  },
  {
    id: 'cookies-lose-options',
    articles: ['queues'],
    says: 'A connection that came by a cookie has neither window scaling nor selective acknowledgment.',
    onlyIf: 'it has no timestamps: with them the echo carries both',
    because: 'A cookie has room for one of four sizes of segment, a timestamp for the rest.',
    source: 'linux: cookie_init_timestamp, cookie_timestamp_decode',
    experiments: [
      { play: optionsOfCookie, what: cookieOptions, sysctls: { tcp_timestamps: 1 }, claimed: 'lost' },
      { play: optionsOfCookie, what: cookieOptions, sysctls: { tcp_timestamps: 0 }, claimed: 'lost', granted: true },
    ],
    verdicts: everywhere('only if'),
  },
  {
    id: 'two-means-always',
    articles: ['experiments', 'tcp(7)'],
    says: 'tcp_syncookies = 2 answers every SYN with a cookie.',
    because: 'Since 3.12 (5ad37d5deee1); before, 2 is the same as 1.',
    source: 'linux: tcp_syn_flood_action',
    experiments: [{ queue: 'SYN queue', backlog: 8, sysctls: { tcp_syncookies: 2 }, claimed: 0 }],
    verdicts: until('linux-3.10', 'false', 'true'),
  },
  {
    id: 'recycling-behind-a-nat',
    articles: ['experiments', 'table'],
    says: 'With tcp_tw_recycle = 1 hosts behind one NAT are kept out, but for the one whose clock is ahead.',
    because: 'Their SYNs are dropped and counted in PAWSPassive. The sysctl is gone since 4.12.',
    source: 'linux: tcp_conn_request, tcp_peer_is_proven',
    experiments: [
      {
        play: synBehindNat(500),
        what: 'a SYN from behind a NAT whose clock is behind',
        sysctls: { tcp_tw_recycle: 1 },
        claimed: 'dropped',
      },
      {
        play: synBehindNat(2000),
        what: 'a SYN from there whose clock is ahead',
        sysctls: { tcp_tw_recycle: 1 },
        claimed: 'admitted',
      },
    ],
    verdicts: until('linux-4.9', 'true', 'false'),
  },
  {
    id: 'no-limit-with-cookies',
    articles: ['listen(2)'],
    says: 'With cookies on the SYN queue has no maximum length.',
    because: 'It is as long as without them; only what comes after that is answered rather than dropped.',
    source: 'linux: inet_csk_reqsk_queue_is_full',
    experiments: [{ queue: 'SYN queue', backlog: 8, sysctls: { tcp_syncookies: 1 }, claimed: 10_000 }],
    verdicts: everywhere('false'),
  },
  {
    id: 'syn-recv-means-flood',
    articles: ['queues', 'advice'],
    says: 'Connections in SYN_RECV are such whose clients have not answered: a flood, or a SYN queue that is too small.',
    because:
      'A client may have answered long ago: its third ACK met a full accept queue, and it is the process that is slow.',
    source: 'linux: tcp_check_req',
    experiments: [{ property: synRecvIsUnanswered, world: twoForOnePlace, claimed: 'holds' }],
    verdicts: everywhere('false'),
  },
]
