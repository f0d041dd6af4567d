/** What is measured: captures that are made here, the same in every run, and two that were met in the field. */
import { copyFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { writeConnections } from './connections.ts'
import { writePolls } from './polls.ts'
import { writeLoneSyns, writeRefused } from './refused.ts'
import { writeTransfer } from './transfer/transfer.ts'

export interface Case {
  /** `--case bulk` takes `bulk/window-limited`, too. */
  readonly name: string
  /** Packets, if nothing else is asked for; of `refused` and `lone-syns`: clients. */
  readonly size: number
  readonly write: (file: string, size: number) => void
}

/** Of a thousand packets: ten are lost, ten are overtaken. */
const ROUGH = { lost: 10, late: 10 }
const CALM = { lost: 0, late: 0 }

const corpus = (name: string): string => fileURLToPath(new URL(`../../../traces/corpus/${name}`, import.meta.url))

/** A capture of the field has the size that it has. */
const inField = (name: string, file: string, size: number): Case => ({
  name,
  size,
  write: (to) => copyFileSync(corpus(file), to),
})

export const cases: readonly Case[] = [
  {
    name: 'bulk/window-limited',
    size: 300_000,
    write: (file, size) => writeTransfer(file, size, { ...CALM, tap: 'client' }),
  },
  {
    name: 'bulk/application-limited',
    size: 300_000,
    write: (file, size) => writeTransfer(file, size, { ...CALM, tap: 'client', writes: { segments: 5, every: 2 } }),
  },
  ...(['server', 'client', 'middle'] as const).map(
    (tap): Case => ({
      name: `bulk-loss/${tap}`,
      size: 300_000,
      write: (file, size) => writeTransfer(file, size, { ...ROUGH, tap }),
    }),
  ),
  { name: 'polls', size: 300_000, write: (file, size) => writePolls(file, size) },
  { name: 'midstream/both', size: 150_000, write: (file, size) => writePolls(file, size, { fromMiddle: true }) },
  {
    name: 'midstream/one-way',
    size: 100_000,
    write: (file, size) => writePolls(file, size, { fromMiddle: true, only: 'client' }),
  },
  { name: 'connections', size: 1_000_000, write: writeConnections },
  { name: 'refused', size: 100_000, write: writeRefused },
  { name: 'lone-syns', size: 1_000_000, write: writeLoneSyns },
  inField('slow/stream-one-way', 'slow/stream-one-way.pcap', 426),
  inField('slow/117-packets', 'slow/117-packets.pcap', 117),
]
