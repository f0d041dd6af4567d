/** What is said of one capture: `explorer/words/catalogue.ts` has how a pair is written. */
import type { Pair } from '../catalogue.ts'
import { remedied } from './remedied.ts'
import { ending } from './said-of-ends.ts'

const opening: readonly Pair[] = [
  [
    'the client is ESTABLISHED from packet {n} on, while the server stays in SYN_RECV: it repeats its SYN+ACK {t} and acknowledges none of {m} packets',
    '从报文 {n} 起客户端已是 ESTABLISHED，而服务端停在 SYN_RECV：它重发了 SYN+ACK {t}，{m} 个报文一个也没有确认',
  ],
  ['in the end it gives the request up, and packet {n} resets the client', '最后它放弃了请求，报文 {n} 重置了客户端'],
  [
    'by packet {n} it is over: the server has left SYN_RECV for {s}',
    '到报文 {n} 时结束：服务端离开 SYN_RECV，进入 {s}',
  ],
  ['the accept queue is full', '全连接队列已满'],
  [
    'ListenOverflows on the server: it grows with each of these packets if the accept queue is full, and stays if they are lost',
    '服务端的 ListenOverflows：若全连接队列已满，这些报文每来一个它就加一；若报文丢失，它不变',
  ],
  [
    'TCPDeferAcceptDrop there: it grows with each under TCP_DEFER_ACCEPT',
    '那里的 TCPDeferAcceptDrop：若是 TCP_DEFER_ACCEPT，每来一个它就加一',
  ],
  ['`ss -lnt` there: Recv-Q greater than Send-Q', '那里的 `ss -lnt`：Recv-Q 大于 Send-Q'],
  [
    'TCP_DEFER_ACCEPT of the listener, on a kernel before 2.6.32 or another stack: it keeps bare ACKs waiting, and repeats the SYN+ACK meanwhile',
    '监听套接字设了 TCP_DEFER_ACCEPT，内核早于 2.6.32 或是别的协议栈：它让只有 ACK 的报文等着，同时重发 SYN+ACK',
  ],
  ['`uname -r` of the server', '服务端的 `uname -r`'],
  [
    'whether its application sets TCP_DEFER_ACCEPT (its configuration, strace -e setsockopt)',
    '它的应用是否设了 TCP_DEFER_ACCEPT（它的配置、strace -e setsockopt）',
  ],
  ['every packet from {n} on is lost beyond the tap', '从报文 {n} 起，每个报文都在抓包点之后丢失'],
  ['the capture was taken at the server: these packets arrived there', '抓包是在服务端做的：这些报文到了那里'],
  ['packet {n} shows that the server received one', '报文 {n} 表明服务端收到了其中一个'],
  ['the listener was closed before the third ACK came', '第三次握手的 ACK 到来之前，监听套接字已关闭'],
  ['packet {n} shows it listening afterwards', '报文 {n} 表明它之后还在监听'],
  ['the accept queue is full and tcp_abort_on_overflow is 1', '全连接队列已满，且 tcp_abort_on_overflow 为 1'],
  ['packet {n} resets a handshake that the client had completed', '报文 {n} 重置了客户端已完成的握手'],
  [
    'EmbryonicRsts and ListenOverflows on the server: both grow by one with this packet if the queue is full',
    '服务端的 EmbryonicRsts 和 ListenOverflows：若队列已满，两者都随这个报文加一',
  ],
  ['{n} SYN[s], and no answer', '{n} 个 SYN[]，没有应答'],
  [
    'on the server [PAWSPassive (tcp_tw_recycle), ]ListenOverflows (accept queue), TCPReqQFullDrop (SYN queue), or neither (the path)',
    '服务端的[ PAWSPassive（tcp_tw_recycle）、] ListenOverflows（全连接队列）、TCPReqQFullDrop（半连接队列），或者都不是（路径）',
  ],
  ['packet {n} refuses the connection', '报文 {n} 拒绝了连接'],
  [
    'packet {n} refuses the connection, though the port answers others before and after (packets {m} and {k})',
    '报文 {n} 拒绝了连接，而这个端口在之前和之后都应答别的连接（报文 {m} 和 {k}）',
  ],
  [
    'packet {n} refuses the connection, though the port answers others afterwards (packet {m})',
    '报文 {n} 拒绝了连接，而这个端口之后应答别的连接（报文 {m}）',
  ],
  [
    'packet {n} refuses the connection, though the port answers others before (packet {m})',
    '报文 {n} 拒绝了连接，而这个端口之前应答过别的连接（报文 {m}）',
  ],
  ['no socket listens on this port', '没有套接字在这个端口上监听'],
  ['packets {n} and {m} show one before and after', '报文 {n} 和 {m} 表明之前和之后都有一个'],
  ['the listener is gone since', '监听套接字此后不在了'],
  ['the listener was not there yet', '监听套接字那时还不在'],
  ['a firewall or a load balancer rejects it with a RST', '防火墙或负载均衡器以 RST 拒绝了它'],
  ['a socket that has the port answers: it is not listening', '占用这个端口的套接字在应答：它不在监听'],
  ['`ss -ltn` on the server', '服务端的 `ss -ltn`'],
  [
    'packet {n} is a syncookie: after a RST, packet {m}, the server goes on from an ACK alone',
    '报文 {n} 是 syncookie：在 RST（报文 {m}）之后，服务端只凭一个 ACK 就继续',
  ],
  ['the SYN queue is full, or tcp_syncookies is 2', '半连接队列已满，或 tcp_syncookies 为 2'],
  ['something between the ends sent the RST', '两端之间的什么发了这个 RST'],
  ['SyncookiesSent on the server', '服务端的 SyncookiesSent'],
  [
    'packet {n} leaves out window scale and SACK, which packet {m} offers without timestamps: so does a syncookie',
    '报文 {n} 略去了窗口扩大和 SACK，而报文 {m} 提出了它们（没有时间戳）：syncookie 正是这样',
  ],
  ['the server answers with a syncookie', '服务端以 syncookie 应答'],
  [
    'tcp_window_scaling and tcp_sack of the server are both 0, or it knows neither',
    '服务端的 tcp_window_scaling 和 tcp_sack 都为 0，或者它两者都不支持',
  ],
  ['the accept queue of the server is full', '服务端的全连接队列已满'],
  [
    'packet {n} admits another SYN, and no handshake was completed since',
    '报文 {n} 接受了另一个 SYN，此后没有握手完成',
  ],
  ['the SYN queue is full and syncookies are off', '半连接队列已满，且 syncookie 关闭'],
  ['the SYNs or the answers are lost or filtered on the way', 'SYN 或应答在途中丢失或被过滤'],
  ['the capture was taken at the server: the SYNs arrived there', '抓包是在服务端做的：SYN 到了那里'],
  [
    'tcp_tw_recycle of the server (Linux up to 4.11) takes the SYNs for old: their timestamps lie {n} behind packet {m} of the same address, as those of another host behind the same NAT do',
    '服务端的 tcp_tw_recycle（Linux 4.11 及以前）把 SYN 当作旧的：它们的时间戳比同一地址的报文 {m} 落后 {n}，同一 NAT 后面的另一台主机就会这样',
  ],
  [
    'the SYN is repeated {t} before it is answered[, {n} s after the first]',
    'SYN 重发{t}之后才得到应答[，距第一个 {n} 秒]',
  ],
  ['the SYN, or the answer to it, was lost or dropped on the way', 'SYN 或对它的应答在途中丢失或被丢弃'],
  ['the accept queue of the server was full', '服务端的全连接队列曾经已满'],
  [
    'ListenOverflows on the server: it grows with each SYN that a full accept queue drops',
    '服务端的 ListenOverflows：全连接队列已满时每丢弃一个 SYN 就加一',
  ],
  ['a capture there', '在那里抓包'],
  ['the SYN+ACK is lost, and the SYN that the client repeats', 'SYN+ACK 丢失，客户端重发的 SYN 也丢失'],
  [
    'the server repeats its SYN+ACK {t}[: the third ACK was not seen before]',
    '服务端重发 SYN+ACK {t}[：此前没有见到第三次握手的 ACK]',
  ],
  [
    'the server repeats its SYN+ACK {t} only after {n} s, though it had an answer',
    '服务端过了 {n} 秒才重发 SYN+ACK {t}，而它早有应答',
  ],
  ['packet {n} completes the handshake', '报文 {n} 完成握手'],
  ['packet {n} answers it at last', '报文 {n} 终于应答了它'],
  ['a capture at the other end', '在另一端抓包'],
  ['ListenOverflows on the server stays if the ACK was lost', '若 ACK 丢失，服务端的 ListenOverflows 不变'],
  [
    'TcpExtTCPDeferAcceptDrop of `nstat` on the server: it grows by one with each bare ACK that is kept waiting',
    '服务端 `nstat` 的 TcpExtTCPDeferAcceptDrop：每有一个只有 ACK 的报文被留下等待就加一',
  ],
  ['ListenOverflows, with each that meets a full accept queue', 'ListenOverflows，每有一个遇到满的全连接队列就加一'],
  ['both stay if the ACK was lost', '若 ACK 丢失，两者都不变'],
  ['the third ACK is lost[ before the tap]', '第三次握手的 ACK [在抓包点之前]丢失'],
  ['the capture was taken at the {e}: it arrived there', '抓包是在{e}做的：它到了那里'],
  ['the accept queue was full[ for a while]', '全连接队列[一度]已满'],
  ['no ACK had arrived that could be dropped', '没有到达过可以丢弃的 ACK'],
  [
    'TCP_DEFER_ACCEPT of the listener: a client that sends no text is kept waiting',
    '监听套接字设了 TCP_DEFER_ACCEPT：不发数据的客户端被留下等待',
  ],
  ['the SYN+ACKs, or the answers to them, are lost or filtered on the way', 'SYN+ACK 或对它们的应答在途中丢失或被过滤'],
  [
    'the server repeats its SYN+ACK {t}, and the client never answers: the handshake stays half-open',
    '服务端重发 SYN+ACK {t}，客户端始终没有应答：握手停在半开',
  ],
  ['the capture was taken at the {e}: they arrived there', '抓包是在{e}做的：它们到了那里'],
  ['the SYN had a forged address, or its sender is gone', 'SYN 的源地址是伪造的，或者发送者已不在'],
  ['a capture at the client', '在客户端抓包'],
  ['whether its address answers anything else', '它的地址是否应答别的'],
  [
    'the SYN+ACKs before packet {n} were lost or dropped on the way, and the client gave up meanwhile',
    '报文 {n} 之前的 SYN+ACK 在途中丢失或被丢弃，客户端其间放弃了',
  ],
  [
    'the first one[s] are unanswered, and the last, packet {n}, meets a closed socket[ {m} s after the first]: packet {k} resets it',
    '前面的没有得到应答[]，最后一个（报文 {n}）遇到已关闭的套接字[，距第一个 {m} 秒]：报文 {k} 重置了它',
  ],
  [
    'the last, packet {n}, meets a closed socket[ {m} s after the first]: packet {k} resets it',
    '最后一个（报文 {n}）遇到已关闭的套接字[，距第一个 {m} 秒]：报文 {k} 重置了它',
  ],
  [
    'a firewall of the client drops SYN+ACKs of a connection that it does not know, until it lets one through',
    '客户端的防火墙丢弃它不认识的连接的 SYN+ACK，直到放过一个',
  ],
  [
    'the client closed its socket before the first SYN+ACK came, and its RSTs to them are lost',
    '第一个 SYN+ACK 到来之前客户端已关闭套接字，它对它们的 RST 丢失',
  ],
  ['a capture at the client: whether the SYN+ACKs arrive there', '在客户端抓包：SYN+ACK 是否到那里'],
  ['`ss -tan state syn-sent` there meanwhile', '其间那里的 `ss -tan state syn-sent`'],
  [
    'the SYN+ACK comes from another address than the client called: addresses are translated one way only (NAT)',
    'SYN+ACK 来自客户端没有连接的地址：地址只转换了一个方向（NAT）',
  ],
  [
    'the SYN+ACK, packet {n}, meets no socket of the client: packet {m} resets it',
    'SYN+ACK（报文 {n}）没有遇到客户端的套接字：报文 {m} 重置了它',
  ],
  [
    'the SYN+ACK, packet {n}, meets no socket of the client: packet {m} resets it, but the socket still waits and repeats its SYN (packet {k})',
    'SYN+ACK（报文 {n}）没有遇到客户端的套接字：报文 {m} 重置了它，而那个套接字还在等待，并重发 SYN（报文 {k}）',
  ],
  ['the socket still waits and repeats its SYN (packet {n})', '那个套接字还在等待，并重发 SYN（报文 {n}）'],
  [
    'the SYN comes from a scanner or a health check that only wants to know whether the port is open',
    'SYN 来自扫描器或健康检查，只想知道端口是否开放',
  ],
  [
    'the client closed its socket (or its connect() was interrupted) before the SYN+ACK came',
    'SYN+ACK 到来之前客户端关闭了套接字（或者它的 connect() 被中断）',
  ],
  ['something between client and server sends the RST', '客户端和服务端之间的什么发了 RST'],
  ['what the client does with the port', '客户端用这个端口做什么'],
  ['the address that it called (`ss -tan state syn-sent` there)', '它连接的地址（那里的 `ss -tan state syn-sent`）'],
  [
    'the SYN (packet {n}) meets an earlier connection of the same ports, which the server still has[, {m} s after its last packet]: packet {k} is a challenge ACK of that one[, which the client resets (packet {r})]',
    'SYN（报文 {n}）遇到服务端仍留着的、端口相同的旧连接[，距它最后一个报文 {m} 秒]：报文 {k} 是旧连接的 challenge ACK[，客户端重置了它（报文 {r}）]',
  ],
  ['the SYN that is repeated opens anew (packet {n})', '重发的 SYN 重新打开连接（报文 {n}）'],
  [
    'so are {n} more (packets {m}), and no SYN opens anew: the RSTs of the client do not come to the server, or it sends none',
    '还有 {n} 个也是（报文 {m}），没有 SYN 能重新打开：客户端的 RST 到不了服务端，或者它不发',
  ],
  [
    'the client was restarted, or used the port again, without having closed the earlier connection',
    '客户端重启了，或再次使用这个端口，而没有关闭旧连接',
  ],
  [
    'a NAT has given the port to another connection before the server had ended the earlier one',
    '服务端结束旧连接之前，NAT 已把端口给了另一个连接',
  ],
  [
    '`ss -tan` on the server before the SYN: the same ports in ESTABLISHED, FIN_WAIT2 or TIME_WAIT',
    'SYN 之前服务端的 `ss -tan`：同样的端口处于 ESTABLISHED、FIN_WAIT2 或 TIME_WAIT',
  ],
  ['keepalives there end such connections', '那里的 keepalive 会结束这样的连接'],
  ['TCPSYNChallenge and TCPChallengeACK grow with each', 'TCPSYNChallenge 和 TCPChallengeACK 随每个增加'],
  ['its acknowledgment number is none of an answer to the SYN', '它的确认号不是对这个 SYN 的应答'],
  [
    'packet {n}, a RST, was not sent by the server: the server answers the same SYN with a SYN+ACK (packet {m})',
    '报文 {n} 这个 RST 不是服务端发的：服务端以 SYN+ACK（报文 {m}）应答同一个 SYN',
  ],
  [
    'something between the ends (a firewall, an intrusion prevention system) sent the RST',
    '两端之间的什么（防火墙、入侵防御系统）发了这个 RST',
  ],
  [
    'two hosts answer for the address of the server: one has no such port',
    '有两台主机以服务端的地址应答：其中一台没有这个端口',
  ],
  ['a capture at the server: whether packet {n} leaves it', '在服务端抓包：报文 {n} 是否由它发出'],
  [
    'the SYN to {h} (packet {n}) is answered from {h2} (packet {m}), an address that the client did not call[: the client has no such socket and resets it (packet {k})]',
    '发往 {h} 的 SYN（报文 {n}）由 {h2} 应答（报文 {m}），客户端没有连接过这个地址[：客户端没有这样的套接字，重置了它（报文 {k}）]',
  ],
  [
    'the SYN to {h} (packet {n}) is passed on to {h2} (packet {m}), but the SYN+ACK (packet {k}) comes back as it is, from an address that the client did not call[: the client has no such socket and resets it (packet {r})]',
    '发往 {h} 的 SYN（报文 {n}）被转给 {h2}（报文 {m}），SYN+ACK（报文 {k}）却原样返回，来自客户端没有连接过的地址[：客户端没有这样的套接字，重置了它（报文 {r}）]',
  ],
  [
    'the answer bypasses the translation: the server reaches the client by another way than through the host that translates (same subnet, no SNAT or masquerade)',
    '应答绕过了地址转换：服务端到客户端走的是另一条路，不经过做转换的主机（同一子网，没有 SNAT 或 masquerade）',
  ],
  [
    'the host that translates takes the answer for INVALID and passes it on untranslated (conntrack: nf_conntrack_tcp_be_liberal, a lost or full table)',
    '做转换的主机把应答当作 INVALID，不转换就转发（conntrack：nf_conntrack_tcp_be_liberal，表丢失或已满）',
  ],
  ['the server has both addresses, and answers from the wrong one', '服务端两个地址都有，却用错的那个应答'],
  [
    '`conntrack -L` and `conntrack -S` (invalid, insert_failed) on the host that translates',
    '做转换的主机上的 `conntrack -L` 和 `conntrack -S`（invalid、insert_failed）',
  ],
  ['the route from the server back to the client', '从服务端回到客户端的路由'],
  [
    'the SYN+ACK (packet {n}) offers no window: the client may send only after packet {m} opens it',
    'SYN+ACK（报文 {n}）不提供窗口：报文 {m} 打开窗口之后客户端才能发送',
  ],
  [
    'the SYN+ACK (packet {n}) offers no window: the client may not send, and no packet opens it',
    'SYN+ACK（报文 {n}）不提供窗口：客户端不能发送，也没有报文打开它',
  ],
  [
    'its time to live is {n}, that of packet {m} {k}: another host sent it',
    '它的 TTL 是 {n}，报文 {m} 的是 {k}：由另一台主机发出',
  ],
  [
    'a SYN proxy (SYNPROXY of netfilter, a firewall, a load balancer) answers for the server and asks it afterwards',
    'SYN 代理（netfilter 的 SYNPROXY、防火墙、负载均衡器）替服务端应答，之后再去问它',
  ],
  [
    'a SYN proxy (SYNPROXY of netfilter, a firewall, a load balancer) answers for the server, and the server does not answer the proxy',
    'SYN 代理（netfilter 的 SYNPROXY、防火墙、负载均衡器）替服务端应答，而服务端没有应答代理',
  ],
  ['the server has no room in its receive buffer (SO_RCVBUF, memory)', '服务端的接收缓冲区没有空间（SO_RCVBUF、内存）'],
  [
    '`nft list ruleset` or `iptables-save` on the hosts between and on the server (synproxy)',
    '中间的主机和服务端上的 `nft list ruleset` 或 `iptables-save`（synproxy）',
  ],
  ['a capture behind it: whether the SYN comes anew, with other numbers', '在它后面抓包：SYN 是否以别的序号重新出现'],
  [
    'both SYNs agree on timestamps, and no later packet of the {e} carries one (first packet {n})',
    '两个 SYN 都同意用时间戳，{e}后来的报文却都不带（第一个是报文 {n}）',
  ],
  [
    'both SYNs agree on timestamps, and {m} of {k} later packets of the {e} do not carry one (first packet {n})',
    '两个 SYN 都同意用时间戳，{e}后来的 {k} 个报文中有 {m} 个不带（第一个是报文 {n}）',
  ],
  [
    'something between the ends strips the option, or sends packets of its own (a proxy, a firewall that normalizes)',
    '两端之间的什么去掉了这个选项，或者自己发报文（代理、做规范化的防火墙）',
  ],
  [
    'the stack of the {e} leaves it out: RFC 7323 forbids that, some embedded stacks do it',
    '{e}的协议栈略去了它：RFC 7323 不允许，有些嵌入式协议栈却这样做',
  ],
  ['a capture at the {e}: whether its packets leave it with timestamps', '在{e}抓包：它的报文发出时是否带时间戳'],
  [
    'a stack may drop segments without (RFC 7323 §3.2), so text can stand still',
    '协议栈可以丢弃不带的报文段（RFC 7323 §3.2），数据可能因此停住',
  ],
  [
    'the server acknowledges the SYN with packet {n} and sends its own SYN apart from it, in packet {m}',
    '服务端以报文 {n} 确认 SYN，另以报文 {m} 发送自己的 SYN',
  ],
  [
    'the socket is connected to itself: its SYN, packet {n}, comes to the port that it was sent from',
    '套接字连到了自己：它的 SYN（报文 {n}）到了发出它的端口',
  ],
  [
    'both ends open at the same time: their SYNs, packets {n} and {m}, cross',
    '两端同时打开：它们的 SYN（报文 {n} 和 {m}）交叉',
  ],
  [
    'the server splits its SYN+ACK: no usual stack does, middleboxes may take it for the client',
    '服务端拆开了 SYN+ACK：常见的协议栈都不这样，中间设备可能把它当作客户端',
  ],
  [
    'connect() to a port of the own host at which nothing listens: the system has chosen that very port for the source (ip_local_port_range)',
    'connect() 到本机没有监听的端口：系统恰好选了这个端口作源端口（ip_local_port_range）',
  ],
  ['both applications call connect() with the port of the other one', '两个应用都以对方的端口调用 connect()'],
]

const together: readonly Pair[] = [
  [
    '{n} SYNs from {m} address[es] to {h}, none completed, {k} of them not even answered',
    '{m} 个地址向 {h} 发了 {n} 个 SYN[]，没有一个完成，其中 {k} 个连应答也没有',
  ],
  ['a SYN flood with forged addresses', '伪造地址的 SYN 洪泛'],
  ['the answers of the server do not reach its clients', '服务端的应答到不了它的客户端'],
  ['TcpExtSyncookiesSent and TCPReqQFullDrop on the server', '服务端的 TcpExtSyncookiesSent 和 TCPReqQFullDrop'],
  ['whether the addresses answer anything else', '这些地址是否应答别的'],
  ['{h} tries {n} ports of {h2}', '{h} 试了 {h2} 的 {n} 个端口'],
  ['open: none', '开放的：没有'],
  ['open: {n}', '开放的：{n}'],
  ['a scanner looks which ports are open', '扫描器在找开放的端口'],
  ['nothing else is left', '没有别的可能'],
  [
    'other connections show the accept queue full from packet {n} to packet {m}',
    '别的连接表明，从报文 {n} 到报文 {m} 全连接队列是满的',
  ],
  ['it is enough', '这就够了'],
]

/** What is typed stands as it is typed. */
const typed: readonly Pair[] = [
  '`sysctl net.ipv4.tcp_abort_on_overflow`',
  '`sysctl net.ipv4.tcp_syncookies`',
  '`sysctl net.ipv4.tcp_fin_timeout`',
  '`sysctl net.ipv4.tcp_retries2`',
  '`ss -tan state fin-wait-1`',
  '/proc/net/stat/synproxy',
].map((text) => [text, text])

export const said: readonly Pair[] = [...opening, ...ending, ...together, ...typed, ...remedied]
