/** What the packets reveal of each host: kernels that fit, kernels that are ruled out, settings; with the packets that decide. */
import type { Host, RuledOut, Setting } from '../../traces/index.ts'
import type { Page } from '../words/page.ts'
import { bullet } from '../words/paragraph.ts'
import { ranges } from './numbers.ts'

/** Nothing of a host of which nothing is revealed. @param all also which options it uses, as most do */
export const hostsText = (hosts: readonly Host[], all: boolean, page: Page): string =>
  hosts
    .map((host) => ({ host, lines: [...kernelLines(host), ...settingLines(host.settings, all)] }))
    .filter(({ lines }) => lines.length > 0)
    .map(
      ({ host: { address, side }, lines }) =>
        `\n${page.paint('bold', address)}, ${side}\n${lines.map((line) => bullet(page, line)).join('')}`,
    )
    .join('')

const kernelLines = ({ fits, ruledOut }: Host): string[] => {
  if (ruledOut.length === 0) return []
  const groups = new Map<string, RuledOut[]>()
  for (const r of ruledOut) {
    const key = `${r.certain} ${r.packets} ${r.because}`
    groups.set(key, [...(groups.get(key) ?? []), r])
  }
  const why = [...groups.values()].map((group) => {
    const { certain, packets, because } = group[0]!
    const kernels = group.map(({ kernel }) => kernel).join(', ')
    return `${certain ? 'rules out' : 'unlikely'} ${kernels}: ${certain ? '' : 'only if '}${because}${shownBy(packets)}`
  })
  return [`fits ${fits.length === 0 ? 'no kernel in all its connections' : fits.join(', ')}`, ...why]
}

const OPTIONS = ['tcp_timestamps', 'tcp_window_scaling', 'tcp_sack']

const settingLines = (settings: readonly Setting[], all: boolean): string[] =>
  settings
    .filter(({ setting, most }) => all || !OPTIONS.includes(setting) || most === 0)
    .map(
      (s) =>
        `${s.setting} ${boundsText(s)}: ${s.because}${shownBy(s.packets)}${s.unless === undefined ? '' : `; unless ${s.unless}`}`,
    )

const boundsText = ({ least, most, differs }: Setting): string => {
  if (differs) return 'differs from connection to connection, or was changed'
  if (least !== undefined && least === most) return `is ${least}`
  if (most === undefined) return `>= ${least ?? 0}`
  return least === undefined ? `<= ${most}` : `is ${least} to ${most}`
}

const shownBy = (packets: readonly number[]): string =>
  packets.length === 0 ? '' : ` (packet${packets.length > 1 ? 's' : ''} ${ranges(packets)})`
