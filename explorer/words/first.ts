/** What stands in the page until its script has run, in both languages: only the server and the site's builder read it. */
import type { View } from '../state/spec.ts'
import { en } from './en.ts'
import { zh } from './zh.ts'

export interface FirstWords {
  readonly lang: 'en' | 'zh-CN'
  readonly title: string
  readonly views: Readonly<Record<View, string>>
  readonly lead: string
  /** What each view is for. */
  readonly shows: Readonly<Record<View, string>>
  readonly coming: string
  readonly noScript: string
}

export const firstWords: readonly FirstWords[] = [
  {
    lang: 'en',
    title: en.title,
    views: en.views,
    lead: 'Deliver, lose, copy or reorder each segment of a TCP connection by hand, and see what queues, timers, counters and sockets of a Linux kernel become.',
    shows: {
      bench:
        'a world of clients, a wire and a server: take its events one by one, change kernel and settings, undo, compare',
      graph: 'every state that this world can reach, and a shortest way to each',
      trace: 'a capture (pcap, pcapng, tcpdump’s text) beside what both ends must have been at each packet',
      properties: 'what always holds, what can happen, and the run that shows it',
      lessons: 'handshake, ghost connection, backlog + 1, SYN flood, TIME_WAIT and more, with questions',
    },
    coming: 'The model is being loaded …',
    noScript: 'This page runs the model in your browser: it needs JavaScript.',
  },
  {
    lang: 'zh-CN',
    title: zh.title,
    views: zh.views,
    lead: '亲手送达、丢弃、复制或打乱 TCP 连接的每一个报文段，看 Linux 内核的队列、定时器、计数器和套接字变成什么样。',
    shows: {
      bench: '一个由客户端、线路和服务端组成的世界：逐个执行事件，更换内核和设置，撤销，比较',
      graph: '这个世界能到达的每一个状态，以及到达它的最短路径',
      trace: '抓包（pcap、pcapng、tcpdump 文本），旁边是每个报文处两端必然的状态',
      properties: '什么永远成立，什么可能发生，以及证明它的运行',
      lessons: '握手、幽灵连接、backlog + 1、SYN 洪泛、TIME_WAIT 等，附有问题',
    },
    coming: '正在载入模型……',
    noScript: '本页在浏览器里运行模型：需要 JavaScript。',
  },
]
