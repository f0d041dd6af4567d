/** What is said of how one connection goes on and ends. */
import type { Pair } from '../catalogue.ts'

export const ending: readonly Pair[] = [
  [
    'the {e} has closed (packet {n}) and waits in FIN_WAIT2 for the FIN of the {e2}[, for {m} s at least]: the {e3} stays in CLOSE_WAIT',
    '{e}已关闭（报文 {n}），在 FIN_WAIT2 中等待{e2}的 FIN[，至少 {m} 秒]：{e3}停在 CLOSE_WAIT',
  ],
  [
    'the application of the {e} still has something to send: the {e2} may have closed half',
    '{e}的应用还有要发的：{e2}可能只关闭了一半',
  ],
  ['the application of the {e} does not close its socket', '{e}的应用不关闭它的套接字'],
  ['the FIN of the {e} is lost on the way to the tap', '{e}的 FIN 在到抓包点的途中丢失'],
  [
    '`ss -tanp` on the {e}: its CLOSE_WAIT socket, whether Recv-Q is more than 1 (the application does not read), and the process',
    '{e}的 `ss -tanp`：它的 CLOSE_WAIT 套接字，Recv-Q 是否大于 1（应用不读取），以及进程',
  ],
  [
    'tcp_fin_timeout of the {e} ends FIN_WAIT2 only where its application has closed the whole socket',
    '{e}的 tcp_fin_timeout 只在应用已关闭整个套接字时才结束 FIN_WAIT2',
  ],
  [
    'the application of the {e} has read all text[ and the end of it], and does not close its socket (a leak)',
    '{e}的应用已读完数据[和结尾]，却不关闭套接字（泄漏）',
  ],
  [
    'the application of the {e} does not read (it is blocked, or has no thread left for it), so it does not see the end',
    '{e}的应用不读取（被阻塞，或没有线程了），所以看不到结尾',
  ],
  ['Recv-Q is {n} there: nothing is unread', '那里的 Recv-Q 是 {n}：没有未读的'],
  ['Recv-Q is {n} there: only the FIN is unread', '那里的 Recv-Q 是 {n}：只有 FIN 未读'],
  ['Recv-Q is {n} there: {m} bytes and the FIN are unread', '那里的 Recv-Q 是 {n}：{m} 字节和 FIN 未读'],
  [
    'the {e} has got the FIN of the {e2} (packet {n}), acknowledges it (packet {m}) and stays in CLOSE_WAIT: it sends none of its own',
    '{e}收到{e2}的 FIN（报文 {n}），确认了它（报文 {m}），停在 CLOSE_WAIT：它不发自己的 FIN',
  ],
  [
    'a second listing, some seconds later: the same row, with the same Recv-Q, and it hangs',
    '几秒之后再列一次：同样的行、同样的 Recv-Q，就是停住了',
  ],
  [
    'the process (`ss -tanp` as root) and where it waits. No timeout of TCP ends CLOSE_WAIT',
    '进程（以 root 运行 `ss -tanp`）以及它在哪里等待。TCP 没有结束 CLOSE_WAIT 的超时',
  ],
  [
    '[after {m} s of silence, ]packet {n} finds no connection at the {e}, of which no FIN and no RST was seen before: packet {k} resets it',
    '[沉默 {m} 秒之后，]报文 {n} 在{e}没有找到连接，此前没有见过它的 FIN 或 RST：报文 {k} 重置了它',
  ],
  [
    '[after {m} s of silence, ]packet {n} finds no connection at the {e}, of which no FIN and no RST was seen before: packet {k} resets it (its time to live is {r}, that of the other packets of the {e2} {v})',
    '[沉默 {m} 秒之后，]报文 {n} 在{e}没有找到连接，此前没有见过它的 FIN 或 RST：报文 {k} 重置了它（它的 TTL 是 {r}，{e2}其他报文的是 {v}）',
  ],
  [
    'a middlebox on the way (NAT, firewall, load balancer) has forgotten the flow: its idle timeout lies under {n} s',
    '途中的设备（NAT、防火墙、负载均衡器）忘掉了这条流：它的空闲超时不到 {n} 秒',
  ],
  [
    'the {e} has forgotten the connection: it was restarted, or its address moved to another host',
    '{e}忘掉了连接：它重启了，或者它的地址移到了另一台主机',
  ],
  [
    'TCP keepalives at a shorter interval than the timeout, which end it if that is the cause',
    '间隔短于该超时的 TCP keepalive：若原因在此，它们会使现象消失',
  ],
  ['`ss -tan` and uptime on the {e}', '{e}的 `ss -tan` 和 uptime'],
  ['whether the TTL of packet {n} is that of its other packets', '报文 {n} 的 TTL 是否与它的其他报文相同'],
  [
    'the {e} aborted it, or closed it and gave its FIN up (tcp_orphan_retries), and that was lost before the tap',
    '{e}中止了连接，或关闭后放弃了 FIN（tcp_orphan_retries），而这些在抓包点之前丢失',
  ],
  ['the capture was taken at the {e}', '抓包是在{e}做的'],
  [
    'there never was such a connection: the {e} probes (an ACK scan), or a syncookie has expired that its ACK answers',
    '从来没有这样的连接：{e}在探测（ACK 扫描），或者它的 ACK 应答的 syncookie 已过期',
  ],
  ['its time to live is {n}, that of the other packets of the {e} {m}', '它的 TTL 是 {n}，{e}其他报文的是 {m}'],
  [
    'packet {n}, an old one, makes the {e} acknowledge out of TIME_WAIT, and the RST of the {e2} that answers this ends its TIME_WAIT early',
    '报文 {n} 是旧的，使{e}在 TIME_WAIT 中发出确认，{e2}对此的 RST 提前结束了它的 TIME_WAIT',
  ],
  [
    'a duplicate of the connection came late, and tcp_rfc1337 of the {e} is 0',
    '连接的一个副本迟到，且{e}的 tcp_rfc1337 为 0',
  ],
  ['tcp_rfc1337 is 1: the RST was ignored', 'tcp_rfc1337 为 1：RST 被忽略'],
  ['`ss -tan state time-wait` on the {e} after packet {n}', '报文 {n} 之后{e}的 `ss -tan state time-wait`'],
  ['`sysctl net.ipv4.tcp_rfc1337` there', '那里的 `sysctl net.ipv4.tcp_rfc1337`'],
  [
    'packet {n} brings the next {m} bytes with a timestamp older than one before it',
    '报文 {n} 带来接下来的 {m} 字节，时间戳却比之前的旧',
  ],
  ['packet {n} does not take them', '报文 {n} 表明没有收下'],
  [
    'PAWS: the timestamps of the {e} go backwards (two hosts behind one address, a clock that was set back, an old duplicate)',
    'PAWS：{e}的时间戳倒退（一个地址后面有两台主机、时钟被拨回、旧的副本）',
  ],
  [
    'packet {n} is lost beyond the tap, and packet {m} answers something else',
    '报文 {n} 在抓包点之后丢失，报文 {m} 应答的是别的',
  ],
  [
    'TcpExtPAWSEstab of `nstat` on the {e}: it grows by one with this packet',
    '{e} `nstat` 的 TcpExtPAWSEstab：随这个报文加一',
  ],
  [
    'the {e} sends {n} keepalive probes that are not answered, and ends the connection with packet {m}',
    '{e}发了 {n} 个 keepalive 探测，没有应答，以报文 {m} 结束连接',
  ],
  [
    'the {e} is gone or cannot be reached: tcp_keepalive_probes are used up',
    '{e}已不在或不可达：tcp_keepalive_probes 用尽',
  ],
  ['a capture at the {e}: whether the probes arrive there', '在{e}抓包：探测是否到那里'],
  [
    'tcp_fin_timeout (or TCP_LINGER2) of the {e} ended its orphan in FIN_WAIT2',
    '{e}的 tcp_fin_timeout（或 TCP_LINGER2）结束了它 FIN_WAIT2 中没有进程的套接字',
  ],
  [
    'the FIN of the {e} comes[ after {n} s] and is answered by RST: the {e2} has left FIN_WAIT2',
    '{e}的 FIN [在 {n} 秒之后]到来，得到 RST：{e2}已离开 FIN_WAIT2',
  ],
  ['no such timeout is as short as {n} s', '没有这样的超时短到 {n} 秒'],
  [
    'the {e} had no room for its TIME_WAIT (tcp_max_tw_buckets): the orphan was dropped at once',
    '{e}没有 TIME_WAIT 的位置（tcp_max_tw_buckets）：没有进程的套接字立刻被丢弃',
  ],
  ['the {e} was restarted meanwhile', '{e}其间重启了'],
  ['`ss -tan state fin-wait-2` there before the FIN comes', 'FIN 到来之前那里的 `ss -tan state fin-wait-2`'],
  ['TcpExtTCPTimeWaitOverflow of `nstat`', '`nstat` 的 TcpExtTCPTimeWaitOverflow'],
  ['the {e} has closed (packet {n})', '{e}已关闭（报文 {n}）'],
  ['{m} bytes come afterwards, and packet {n} rejects them', '之后又来了 {m} 字节，报文 {n} 拒绝了它们'],
  [
    'the application of the {e} called close() while the {e2} still had something to say',
    '{e}的应用调用 close() 时，{e2}还有要说的',
  ],
  ['the {e} had forgotten the connection already (tcp_fin_timeout)', '{e}已经忘掉了连接（tcp_fin_timeout）'],
  [
    'TcpExtTCPAbortOnData or TcpExtTCPAbortOnClose of `nstat` on the {e}',
    '{e} `nstat` 的 TcpExtTCPAbortOnData 或 TcpExtTCPAbortOnClose',
  ],
  [
    'the {e} repeats its FIN {t} without an acknowledgment and gives up: packet {n} finds nothing',
    '{e}重发 FIN {t}没有得到确认，放弃了：报文 {n} 什么也没找到',
  ],
  ['tcp_orphan_retries of the {e} are used up', '{e}的 tcp_orphan_retries 用尽'],
  ['TcpExtTCPAbortOnTimeout of `nstat` on the {e}', '{e} `nstat` 的 TcpExtTCPAbortOnTimeout'],
  ['TCP_USER_TIMEOUT of the {e} ran out', '{e}的 TCP_USER_TIMEOUT 到期'],
  ['tcp_retries2 of the {e} are used up', '{e}的 tcp_retries2 用尽'],
  ['the next retransmission was not due before packet {n}', '报文 {n} 之前，下一次重传还没有到期'],
  [
    'the {e} repeats packet {n} {t} without an acknowledgment and gives up[ before the next retransmission is due]: packet {m} finds nothing',
    '{e}重发报文 {n} {t}没有得到确认，[在下一次重传到期之前]放弃了：报文 {m} 什么也没找到',
  ],
  ['the socket options of the application', '应用的套接字选项'],
  ['it has no timestamp, which every segment of a socket has here', '它没有时间戳，而这里套接字的每个报文段都有'],
  [
    'packet {n} resets the connection in the name of the {e}, having got data until packet {m}',
    '报文 {n} 以{e}的名义重置连接，它在报文 {m} 之前一直收到数据',
  ],
  [
    'the {e} ends the connection with a RST of its own (packet {n}), having got data until packet {m}',
    '{e}自己以 RST（报文 {n}）结束连接，它在报文 {m} 之前一直收到数据',
  ],
  [
    'something between the ends (a proxy, a firewall, the network of a container or VPN) sent the RST, or the end is no Linux',
    '两端之间的什么（代理、防火墙、容器或 VPN 的网络）发了这个 RST，或者该端不是 Linux',
  ],
  ['the application of the {e} closed without reading all of it', '{e}的应用没有读完就关闭了'],
  ['it closed with SO_LINGER 0, or the socket was killed', '它以 SO_LINGER 0 关闭，或者套接字被强制终止'],
  [
    'TcpExtTCPAbortOnClose (unread data) or TcpExtTCPAbortOnData (SO_LINGER 0) of `nstat` on the {e}',
    '{e} `nstat` 的 TcpExtTCPAbortOnClose（未读数据）或 TcpExtTCPAbortOnData（SO_LINGER 0）',
  ],
  ['packet {n} ends a connection on which the server never said anything', '报文 {n} 结束了服务端什么也没说过的连接'],
  [
    'the listener was closed while the connection waited in the accept queue',
    '连接在全连接队列中等待时，监听套接字被关闭',
  ],
  ['the server accepted it and closed it with SO_LINGER 0', '服务端 accept 了它，又以 SO_LINGER 0 关闭'],
  ['`ss -ltn` on the server: whether the listener is still there', '服务端的 `ss -ltn`：监听套接字是否还在'],
  ['the log of its application', '它的应用的日志'],
  [
    'the {e} shuts its window with packet {n}, and opens it with packet {m}: the {e2} probes {t}',
    '{e}以报文 {n} 关上窗口，以报文 {m} 打开：{e2}探测了{t}',
  ],
  [
    'the {e} shuts its window with packet {n}, and keeps it shut until the capture ends: the {e2} probes {t}',
    '{e}以报文 {n} 关上窗口，直到抓包结束都关着：{e2}探测了{t}',
  ],
  ['the application of the {e} does not read', '{e}的应用不读取'],
  [
    'Recv-Q of `ss -tan` on the {e}, and what its application waits for',
    '{e} `ss -tan` 的 Recv-Q，以及它的应用在等什么',
  ],
  ['the way to the {e} is interrupted', '到{e}的路径中断'],
  ['the capture was taken at the {e}: the packets arrived there', '抓包是在{e}做的：报文到了那里'],
  [
    'the {e} is silent from packet {n} on: packet {m} is repeated {t} without an answer',
    '从报文 {n} 起{e}没有声音：报文 {m} 重发{t}没有应答',
  ],
  ['nothing was said for {n} s before it, and no keepalive noticed', '之前有 {n} 秒没有报文，也没有 keepalive 发觉'],
  ['the {e} is gone without a word (power, cable, address)', '{e}无声地消失了（断电、断线、地址变了）'],
  [
    'the {e}, which had closed before, acknowledges out of TIME_WAIT, and those ACKs are lost',
    '先前已关闭的{e}在 TIME_WAIT 中确认，而这些 ACK 丢失',
  ],
  ['a firewall on the way has forgotten the connection and drops its packets', '途中的防火墙忘掉了连接，丢弃它的报文'],
  [
    'a capture at the {e}: whether packet {n} arrives there[ and is answered]',
    '在{e}抓包：报文 {n} 是否到那里[，是否得到应答]',
  ],
  ['`ping` tells of the host, not of the connection', '`ping` 说明的是主机，不是连接'],
  [
    'the {e} has closed (packet {n}) and stays in FIN_WAIT1: the {e2} does not acknowledge its FIN[, though it repeats it {t}]',
    '{e}已关闭（报文 {n}），停在 FIN_WAIT1：{e2}没有确认它的 FIN[，尽管它重发了{t}]',
  ],
  ['the window of the {e} is shut', '{e}的窗口关着'],
  [
    'both ends have closed (packets {n}), and the {e} stays in LAST_ACK: its FIN is not acknowledged[, though it repeats it {t}]',
    '两端都已关闭（报文 {n}），{e}停在 LAST_ACK：它的 FIN 没有得到确认[，尽管它重发了{t}]',
  ],
  [
    '`ss -tan` on the {e}: Recv-Q of its socket (text that its application does not read shuts the window)',
    '{e}的 `ss -tan`：它的套接字的 Recv-Q（应用不读的数据会关上窗口）',
  ],
  ['a capture there: whether the FIN arrives', '在那里抓包：FIN 是否到达'],
  [
    'without a process, FIN_WAIT1 lasts as long as tcp_orphan_retries',
    '没有进程时，FIN_WAIT1 持续到 tcp_orphan_retries 用尽',
  ],
  ['`ss -tan` there: TIME_WAIT, or no socket', '那里的 `ss -tan`：TIME_WAIT，或没有套接字'],
  ['LAST_ACK lasts as long as tcp_orphan_retries', 'LAST_ACK 持续到 tcp_orphan_retries 用尽'],
  [
    'the application of the {e} does not read: its window is shut, and the FIN has to wait',
    '{e}的应用不读取：它的窗口关着，FIN 只能等待',
  ],
  ['the FIN, or the ACK of it, is lost on the way', 'FIN 或对它的 ACK 在途中丢失'],
  ['the last FIN, or the ACK of it, is lost on the way', '最后的 FIN 或对它的 ACK 在途中丢失'],
  [
    'the {e} has no such socket any more, and its RSTs are dropped on the way',
    '{e}已没有这个套接字，它的 RST 在途中被丢弃',
  ],
  ['both ends close at the same time: packets {n} and {m} cross', '两端同时关闭：报文 {n} 和 {m} 交叉'],
  ['neither FIN acknowledges the other', '两个 FIN 都没有确认对方'],
]
