/** What stands for places in sentences, and between them. */
import type { Terms } from '../catalogue.ts'

export const terms: Terms = {
  ends: { client: '客户端', server: '服务端' },
  times: (n) => (n === 1 ? '一次' : n === 2 ? '两次' : `${n} 次`),
  or: ' 或 ',
  joints: { '; ': '；', ': ': '：', ', and ': '，', ' and ': '、', ', ': '、' },
}
