/** A trace in the formats of other tools. */
import type { End, Setting } from '../../model/index.ts'
import { itf } from './itf.ts'
import { mermaid } from './mermaid.ts'
import { packetdrill } from './packetdrill.ts'
import { pcapng } from './pcapng.ts'
import { sequenceSvg } from './sequence-svg.ts'
import type { Trace } from './trace.ts'

export const traceFormats = ['svg', 'mermaid', 'pcapng', 'packetdrill', 'itf'] as const
export type TraceFormat = (typeof traceFormats)[number]

export interface Written {
  readonly content: string | Uint8Array<ArrayBuffer>
  readonly extension: string
  /** Its media type. */
  readonly type: string
}

export interface WrittenOf {
  /** What the trace is of: a scenario. */
  readonly name: string
  readonly trace: Trace
  readonly setting: Setting
  /** Only what this end's tap shows; of packetdrill, the end under test. */
  readonly tap?: End
  /** From 1: which connection a packetdrill script is of. */
  readonly connection?: number
}

export const traceTo = (format: TraceFormat, { name, trace, setting, tap, connection }: WrittenOf): Written => {
  switch (format) {
    case 'svg':
      return { content: `${sequenceSvg(trace)}\n`, extension: 'svg', type: 'image/svg+xml' }
    case 'mermaid':
      return { content: mermaid(trace), extension: 'mmd', type: 'text/plain' }
    case 'pcapng':
      return { content: pcapng(trace, tap ? [tap] : undefined), extension: 'pcapng', type: 'application/octet-stream' }
    case 'packetdrill': {
      const options = { ...(tap && { local: tap }), ...(connection !== undefined && { connection }) }
      return { content: packetdrill(trace, setting, options), extension: 'pkt', type: 'text/plain' }
    }
    case 'itf':
      return {
        content: `${JSON.stringify(itf(trace, name), null, 1)}\n`,
        extension: 'itf.json',
        type: 'application/json',
      }
  }
}
