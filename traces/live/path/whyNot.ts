/** Paths that no kernel can be led along. */
import type { Setting } from '../../../model/index.ts'
import type { Trace } from '../../writers/trace.ts'

/** Undefined where the kernel can be led along the path. */
export const whyNot = ({ initial, steps }: Trace, { clientStack }: Setting): string | undefined => {
  const rules = steps.map((step) => step.rule)
  if (rules.includes('enqueue')) return 'it takes two CPUs at the same moment: no wire decides that'
  if (rules.some((rule) => rule.startsWith('ICMP'))) return 'ICMP errors: the wire of live runs carries TCP only'
  if (rules.includes('server splits its SYN+ACK'))
    return 'a SYN+ACK in two parts: no process makes a Linux kernel send it'
  const givesUpAtOnce = steps.some(({ rule, connection }, i) => {
    const world = steps[i - 1]?.world ?? initial
    return rule === 'client timer' && world.groups[connection! - 1]!.client.socket.state === 'SYN_SENT'
  })
  if (givesUpAtOnce && clientStack.sysctls.tcp_syn_retries === 0)
    return 'tcp_syn_retries 0: Linux takes no less than 1 (tcp_syn_retries_min)'
  return undefined
}
