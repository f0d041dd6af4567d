/** `options [mss 1460,sackOK,TS val 1 ecr 0,nop,wscale 7]`, and `sack 1 {13:25}`. tcpdump: print-tcp.c */
import { seq } from '../../model/sequence.ts'
import type { SackBlock, TcpOptions } from '../capture.ts'

/** SACK edges as printed, which may be relative. Options unknown here are passed over. */
export const readTextOptions = (text: string): TcpOptions => {
  const number = (pattern: RegExp) => {
    const found = pattern.exec(text)
    return found ? found.slice(1).map(Number) : undefined
  }
  const mss = number(/\bmss (\d+)/)
  const windowScale = number(/\bwscale (\d+)/)
  const timestamp = number(/\bTS val (\d+) ecr (\d+)/)
  const sack = readSack(text)
  return {
    ...(mss ? { mss: mss[0]! } : {}),
    ...(windowScale ? { windowScale: windowScale[0]! } : {}),
    ...(/\bsackOK\b/.test(text) ? { sackPermitted: true } : {}),
    ...(sack.length > 0 ? { sack } : {}),
    ...(timestamp ? { timestamp: { value: timestamp[0]!, echo: timestamp[1]! } } : {}),
  }
}

const readSack = (text: string): SackBlock[] =>
  [...text.matchAll(/\{(\d+):(\d+)\}/g)].map((edge) => [seq(Number(edge[1])), seq(Number(edge[2]))])
