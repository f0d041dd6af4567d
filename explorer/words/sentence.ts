/** One plain sentence for an event. */
import type { Event } from '../../model/index.ts'
import type { Words } from './en.ts'

const whole: Readonly<Record<string, keyof Words['rules']>> = {
  accept: 'accept',
  tick: 'tick',
  forge: 'forge',
  'server connect': 'serverConnect',
  'server splits its SYN+ACK': 'split',
  'listen again': 'listenAgain',
  sysctl: 'sysctl',
  bury: 'bury',
  'close the listener': 'closeListener',
  'shutdown the listener': 'shutdownListener',
  'listen anew': 'listenAnew',
  enqueue: 'enqueue',
}

export const sentenceOf = ({ rule }: Pick<Event, 'rule'>, note: string, w: Words): string => {
  const said = (key: keyof Words['rules'], actor = ''): string => {
    const words = w.rules[key]
    return typeof words === 'function' ? words(actor) : words
  }
  const known = whole[rule]
  if (known !== undefined) return said(known)
  const end = (name: string): string => w.ends[name] ?? name
  const [, to] = /^deliver to (client|server)$/.exec(rule) ?? []
  if (to !== undefined) {
    const how = note.endsWith('once more later')
      ? 'deliverTwice'
      : /, ahead of \d+$/.test(note)
        ? 'deliverAhead'
        : 'deliver'
    return said(how, end(to))
  }
  const [, from] = /^lose from (client|server)$/.exec(rule) ?? []
  if (from !== undefined) return said('lose', end(from))
  const [, told] = /^ICMP to (client|server)$/.exec(rule) ?? []
  if (told !== undefined) return said('icmp', end(told))
  const [, caller = '', how = ''] = /^(.*) SHUT_(RD|RDWR)$/.exec(rule) ?? []
  if (how !== '') return said(how === 'RD' ? 'shutdownReading' : 'shutdownBoth', w.who[caller] ?? caller)
  const [, actor = '', what = ''] = /^(.*) (connect|send|recv|shutdown|close|abort|crash|timer)$/.exec(rule) ?? []
  if (what === '') return w.rules.other(rule)
  if (what === 'timer') return said('timer', end(actor))
  return said(what as 'connect', w.who[actor] ?? actor)
}
