/** What a remedy would have done (`traces/remedy/sentences.ts`). */
import type { Pair } from '../catalogue.ts'

/** The server takes a packet that it dropped, and what follows it. */
const taken: readonly Pair[] = (
  [
    ['with room in the accept queue', '若全连接队列有空位'],
    ['with one more accept() before it', '若在此之前多一次 accept()'],
  ] as const
).flatMap(([room, otherRoom]) =>
  (
    [
      ['honour packet {n}', '接受报文 {n}'],
      ['admit the SYN of packet {n}', '接受报文 {n} 的 SYN'],
    ] as const
  ).map(
    ([honour, other]): Pair => [
      `${room}, the server would ${honour}[ (at {m} s)], become ESTABLISHED[, and take the {k} bytes that come]`,
      `${otherRoom}，服务端会${other}[（{m} 秒时）]，成为 ESTABLISHED[，并收下到来的 {k} 字节]`,
    ],
  ),
)

export const remedied: readonly Pair[] = [
  ['nothing would change', '什么也不会改变'],
  ['no request here repeats its SYN+ACK more than {t}', '这里没有请求重发 SYN+ACK 超过{t}'],
  ['no packet here is best explained by a full accept queue', '这里没有报文最宜以全连接队列已满来解释'],
  [
    'no ACK here is best explained by a full accept queue that has not been answered by RST already, and a SYN that finds it full is dropped with this setting, too',
    '这里没有 ACK 最宜以全连接队列已满来解释而又没有得到 RST；SYN 遇到满的队列，用这个设置也会被丢弃',
  ],
  [
    'the server would answer packet {n}[ (at {m} s)] with RST and forget the request',
    '服务端会以 RST 应答报文 {n}[（{m} 秒时）]，并忘掉请求',
  ],
  [
    'the server would give the request up instead of sending packet {n}[ (at {m} s)], and answer whatever comes afterwards with RST',
    '服务端会放弃请求，不发报文 {n}[（{m} 秒时）]，对之后到来的一律以 RST 应答',
  ],
  ...taken,
  [
    'the client would get {x}[ at {n} s][ for the {m} bytes it has written]',
    '客户端会[在 {n} 秒时]得到 {x}[，它写入的 {m} 字节没有送达]',
  ],
  [
    'the client would get {x}[ at {n} s][ for the {m} bytes it has written], as by packet {k} of the capture',
    '客户端会[在 {n} 秒时]得到 {x}[，它写入的 {m} 字节没有送达]，与抓包中的报文 {k} 一样',
  ],
  [
    'the client would get {x}[ at {n} s][ for the {m} bytes it has written], {r} s earlier than by packet {k} of the capture',
    '客户端会[在 {n} 秒时]得到 {x}[，它写入的 {m} 字节没有送达]，比抓包中的报文 {k} 早 {r} 秒',
  ],
  [
    'the client would get {x}[ at {n} s][ for the {m} bytes it has written], {r} s later than by packet {k} of the capture',
    '客户端会[在 {n} 秒时]得到 {x}[，它写入的 {m} 字节没有送达]，比抓包中的报文 {k} 晚 {r} 秒',
  ],
  ['in the capture it gets none as long as that lasts', '在抓包持续期间它什么也没有得到'],
  ['in the capture packet {n} resets it', '在抓包中报文 {n} 重置了它'],
  [
    'the client would have its byte acknowledged[ at {n} s][, and not be reset by packet {k}]',
    '客户端的 1 字节会[在 {n} 秒时]得到确认[，且不会被报文 {k} 重置]',
  ],
  [
    'the client would have all its {m} bytes acknowledged[ at {n} s][, and not be reset by packet {k}]',
    '客户端的全部 {m} 字节会[在 {n} 秒时]得到确认[，且不会被报文 {k} 重置]',
  ],
  [
    'the client would have {m} of its {r} bytes acknowledged[ at {n} s][, and not be reset by packet {k}]',
    '客户端的 {r} 字节中有 {m} 字节会[在 {n} 秒时]得到确认[，且不会被报文 {k} 重置]',
  ],
  ['the client would not be reset by packet {n}', '客户端不会被报文 {n} 重置'],
  ['every packet of the capture would be sent all the same', '抓包中的每个报文照样会发出'],
  ['packet {n} would not exist', '报文 {n} 不会出现'],
  ['{n} packets of the capture would not exist', '抓包中的 {n} 个报文不会出现'],
  ['{n} SYN+ACK[s] of the server', '服务端的 {n} 个 SYN+ACK[]'],
  ['{n} retransmission[s]', '{n} 次重传[]'],
  ['{n} bare ACK[s]', '{n} 个只有 ACK 的报文[]'],
  ['{n} RST[s]', '{n} 个 RST[]'],
  ['{n} other', '{n} 个别的'],
  [
    'in the end the client would be {s}, the server {s2}[, as in the capture]',
    '最后客户端会是 {s}，服务端会是 {s2}[，与抓包中一样]',
  ],
  ['in the capture they are {s} and {s2}', '在抓包中它们是 {s} 和 {s2}'],
  ['there the model is not at rest: it was followed no further', '那里模型还没有静止：没有再跟下去'],
  [
    'the capture has no times: each end is taken to hear what is on its way before it speaks again',
    '抓包没有时间：假定每一端再次发送之前都收到了途中的报文',
  ],
  [
    'it makes an error of a ghost and serves no client: the queue stays full, and a SYN that finds it full is still dropped without a word',
    '它把幽灵连接变成一个错误，并不服务任何客户端：队列仍然是满的，遇到满队列的 SYN 仍被默默丢弃',
  ],
  [
    'it only shortens the life of a ghost: no client is served, and a client that sends nothing learns nothing',
    '它只缩短幽灵连接的寿命：没有客户端得到服务，什么也不发的客户端什么也不知道',
  ],
  [
    'it helps for as long as accept() keeps up with the clients that come',
    '只要 accept() 跟得上到来的客户端，它就有用',
  ],
  ['what the application then says, no packet tells', '应用接着会说什么，没有报文能告诉'],
  [
    'what is acknowledged is not read before accept() returns the connection',
    '已确认的数据，在 accept() 返回这个连接之前没有被读取',
  ],
  [
    'a larger backlog only moves the limit: if accept() stays slow, the larger queue fills, and the next client is a ghost again',
    '更大的 backlog 只是移动了界限：如果 accept() 仍然慢，更大的队列也会满，下一个客户端又是幽灵连接',
  ],
  ...['certain', 'likely', 'possible'].map(
    (how, i): Pair => [
      `all this supposes that the accept queue is full, which is ${how}`,
      `这一切都假定全连接队列已满，这是${['确定的', '很可能的', '可能的'][i]}`,
    ],
  ),
  ['it cannot be told: the replay does not explain the capture', '无法说：回放解释不了这个抓包'],
  ['which backlog is large enough cannot be told', '无法说多大的 backlog 才够'],
  ['whether backlog={n} is large enough cannot be told', '无法说 backlog={n} 是否够大'],
  ['the capture does not show what else waits', '抓包没有显示还有什么在等待'],
  ['a backlog of {n} has room for it', 'backlog 为 {n} 就容得下它'],
  ['backlog={n} has room for it', 'backlog={n} 容得下它'],
  [
    'backlog={n} is too small: {m} others fill it, {k} has room for it',
    'backlog={n} 太小：别的 {m} 个就占满了它，{k} 才容得下',
  ],
  ['whether backlog={n} has room for it cannot be told, {m} has', '无法说 backlog={n} 是否容得下它，{m} 容得下'],
  ['at most one child can be in the queue then', '那时队列里最多有 1 个连接'],
  ['at most {n} children can be in the queue then', '那时队列里最多有 {n} 个连接'],
  ['it had turned {n} away before', '此前它已拒绝过 {n} 个'],
  ['by the listing one child wait in the queue', '列表显示队列里有 1 个连接在等待'],
  ['by the listing {n} children wait in the queue', '列表显示队列里有 {n} 个连接在等待'],
  ['one request wants into it', '1 个请求想进入'],
  ['{n} requests want into it', '{n} 个请求想进入'],
]
