/** What is said of the columns of ss and netstat. */
import { type Claim, everywhere } from './claim.ts'
import {
  netstatShowsLimit,
  recvQIsAcceptQueue,
  recvQIsSynQueue,
  ssSendQIsLength,
  ssShowsLimit,
  ssShowsOneMore,
  synRecvIsSynQueue,
} from './views.ts'
import { strangeThirdAck, threeAtOnce } from './worlds.ts'

const source = 'linux: tcp_diag_get_info, get_tcp4_sock'

export const listingClaims: readonly Claim[] = [
  {
    id: 'netstat-recv-q-is-syn-backlog',
    articles: ['netstat(8)'],
    says: 'The Recv-Q of a socket in LISTEN is the current SYN backlog.',
    because: 'It is the length of the accept queue, in netstat as in ss.',
    source,
    experiments: [{ property: recvQIsSynQueue, world: threeAtOnce, claimed: 'holds' }],
    verdicts: everywhere('false'),
  },
  {
    id: 'netstat-send-q-is-maximum',
    articles: ['netstat(8)'],
    says: 'The Send-Q of a socket in LISTEN is the maximum size of the SYN backlog.',
    because: 'netstat prints 0 there, whatever the maximum is. ss prints the maximum of the accept queue.',
    source,
    experiments: [{ property: netstatShowsLimit, world: threeAtOnce, claimed: 'holds' }],
    verdicts: everywhere('false'),
  },
  {
    id: 'ss-send-q-is-length',
    articles: ['queues'],
    says: 'In ss -lnt Send-Q is how long the accept queue is, and Recv-Q what waits in it to be taken.',
    because: 'Recv-Q is how long it is, and Send-Q its maximum.',
    source,
    experiments: [{ property: ssSendQIsLength, world: threeAtOnce, claimed: 'holds' }],
    verdicts: everywhere('false'),
  },
  {
    id: 'ss-recv-q-is-accept-queue',
    articles: ['ghost', 'experiments'],
    says: 'In ss -lnt Recv-Q is how long the accept queue is, and Send-Q its maximum.',
    because: 'Dead children count in Recv-Q until they are accepted.',
    source,
    experiments: [
      { property: recvQIsAcceptQueue, world: threeAtOnce, claimed: 'holds' },
      { property: ssShowsLimit, world: threeAtOnce, claimed: 'holds' },
    ],
    verdicts: everywhere('true'),
  },
  {
    id: 'ss-shows-one-more',
    articles: ['experiments', 'ghost'],
    says: 'A full accept queue shows a Recv-Q that is one more than its Send-Q.',
    because: 'The queue is full when it holds more than its maximum says.',
    source: 'linux: sk_acceptq_is_full',
    experiments: [{ property: ssShowsOneMore, world: threeAtOnce, claimed: 'reached' }],
    verdicts: everywhere('true'),
  },
  {
    id: 'count-syn-recv',
    articles: ['experiments', 'advice'],
    says: 'Counting the sockets in SYN_RECV gives the length of the SYN queue.',
    onlyIf: 'no child is in SYN_RECV itself: one that a SYN+ACK with text has promoted is, and so is a crossed open',
    because:
      'Requests are listed as SYN_RECV, those of ghosts among them; what was answered with a cookie is in neither count.',
    source: 'linux: get_openreq4, inet_req_diag_fill',
    experiments: [
      { property: synRecvIsSynQueue, world: strangeThirdAck, claimed: 'holds' },
      { property: synRecvIsSynQueue, world: threeAtOnce, claimed: 'holds', granted: true },
      {
        property: synRecvIsSynQueue,
        world: threeAtOnce,
        change: { sysctls: { tcp_syncookies: 1 } },
        claimed: 'holds',
        granted: true,
      },
    ],
    verdicts: everywhere('only if'),
  },
]
