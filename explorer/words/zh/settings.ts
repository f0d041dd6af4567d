/** What each sysctl of the server means. */
import type { Sysctl } from '../../../model/index.ts'

export const settings: Readonly<Record<Sysctl, string>> = {
  somaxconn: '传给 listen() 的 backlog 的上限，在调用 listen() 时生效',
  tcp_max_syn_backlog: '关闭 syncookies 时，它的四分之三是 RTT 未知的对端的请求数上限',
  tcp_syncookies: '0：遇到满的半连接队列的 SYN 被丢弃；1：以 cookie 应答；2：每个 SYN 都以 cookie 应答',
  tcp_abort_on_overflow: '1：第三次握手的 ACK 遇到满的全连接队列时，回 RST 并删除请求；0：丢弃它',
  tcp_syn_retries: 'connect() 以 ETIMEDOUT 失败之前重传 SYN 的次数；内核以 EINVAL 拒绝 0（场景用它限制世界的大小）',
  tcp_syn_linear_timeouts: '超时开始加倍之前，SYN 还以最初的间隔重传这么多次',
  tcp_synack_retries: '请求被默默放弃之前重传 SYN+ACK 的次数',
  tcp_timestamps:
    '1：SYN 提出时间戳，比上一个更旧的报文段被丢弃（PAWS）；有了它，cookie 才能保留别的选项；2：不加随机偏移',
  tcp_window_scaling: '1：SYN 提出窗口缩放；任何一端没有它，窗口至多 65535 字节',
  tcp_sack: '1：SYN 提出选择确认；任何一端没有它，就没有尾部丢失探测',
  tcp_challenge_ack_limit: '整个主机每秒发出的 challenge ACK 数；超过之后报文段得不到应答',
  tcp_tw_recycle:
    '1：TIME_WAIT 在 3.5 个超时后结束，此后 60 秒内来自该地址、时间戳更旧的 SYN 被丢弃：同一 NAT 后面的主机中，只有时钟最快的进得来',
  tcp_retries2: '限制数据的重传；这里是次数，在内核里是这么多次所需的时间',
  tcp_orphan_retries: '同上，用于进程已关闭的套接字；0 表示对端还在时为 8 次',
  tcp_tw_reuse:
    '1：由内核选端口的 connect() 可以接管知道时间戳、且比 tcp_tw_reuse_delay（1 秒）更老的 TIME_WAIT；2：仅限环回',
  tcp_rfc1337: '1：RST 不能结束 TIME_WAIT',
}
