/** A recorded run as a folder, in the format of the corpus: `npm run conformance` and `halfopen replay` read it. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { HostName, Recording } from '../conformance/folder.ts'
import { modelled } from '../readers/modelled.ts'
import { type Framed, frameOf } from './frame.ts'
import { pcapOf } from './pcap.ts'

const lines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('')
const seconds = (ms: number): number => Math.round(ms * 1_000) / 1e6

export const save = (folder: string, r: Recording): void => {
  mkdirSync(folder, { recursive: true })
  const write = (file: string, content: string | Uint8Array) => writeFileSync(join(folder, file), content)
  const params = {
    name: r.name,
    kernel: r.kernel,
    ...(r.tick === undefined ? {} : { tick: r.tick }),
    epoch0: r.epoch,
    client_ip: r.addresses.client,
    server_ip: r.addresses.server,
    sysctl_client_start: r.sysctls.client,
    sysctl_server_start: r.sysctls.server,
    times: { counters_before: -1, counters_after: seconds(r.counted.to) },
  }
  write('params.json', `${JSON.stringify(params, null, 1)}\n`)
  write('counters-diff.json', `${JSON.stringify(r.counters, null, 1)}\n`)
  write(
    'events.jsonl',
    lines(
      r.calls.map((c) => ({
        t: seconds(c.at),
        dur: seconds(c.until - c.at),
        who: c.host[0],
        sock: c.socket,
        call: c.call,
        args: c.args,
        ret: c.result,
        ...(c.error === undefined ? {} : { errno: c.error }),
      })),
    ),
  )
  write(
    'wire.jsonl',
    lines(
      r.wire.map((w, n) => ({
        t: seconds(w.at),
        dir: w.from === 'client' ? 'c2s' : 's2c',
        sp: w.sourcePort,
        dp: w.destinationPort,
        fl: w.flags,
        seq: w.seq,
        ack: w.ack,
        len: w.len,
        ...(w.timestamp ? { tsv: w.timestamp.val, tse: w.timestamp.echo } : {}),
        act: w.lost ? 'drop' : 'fwd',
        n,
      })),
    ),
  )
  const samples = (['client', 'server'] as const).flatMap((host) =>
    (r.samples?.[host] ?? []).map((s) => ({ t: seconds(s.from), dur: seconds(s.to - s.from), who: host[0] })),
  )
  write('samples.jsonl', lines(samples))
  write('stalls.jsonl', lines((r.stalls ?? []).map((s) => ({ t: seconds(s.from), dur: seconds(s.to - s.from) }))))
  for (const host of ['client', 'server'] as const) {
    write(
      `states-${host}.jsonl`,
      lines(r.states[host].map((s) => ({ t: seconds(s.at), l: s.local, r: s.remote, st: s.state }))),
    )
    write(host === 'client' ? 'capture-client.pcap' : 'capture.pcap', captureBytes(r, host))
  }
}

const captureBytes = ({ packets, addresses }: Recording, host: HostName): Uint8Array =>
  pcapOf(
    packets[host].packets.map((p) => {
      const framed: Framed = {
        sourcePort: Number(p.source.port),
        destinationPort: Number(p.destination.port),
        segment: {
          flags: p.flags as Framed['segment']['flags'],
          seq: p.sequence!,
          ...(p.acknowledgment === undefined ? {} : { ack: p.acknowledgment }),
          len: p.length,
          options: modelled(p.options ?? {}),
        },
        ...(p.options?.sack && { sack: p.options.sack }),
      }
      const from = p.source.address === addresses.client ? addresses.client : addresses.server
      const to = from === addresses.client ? addresses.server : addresses.client
      return { time: p.time!, bytes: frameOf(framed, from, to) }
    }),
  )
