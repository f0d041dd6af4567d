import { signal } from '@preact/signals'
import type { ReplayedCapture, ReplayedOne } from '../../state/replayed.ts'
import { opened } from '../opened.ts'
import { ask, Stopped, stop } from '../work.ts'

export const capture = signal<ReplayedCapture | undefined>(undefined)
export const one = signal<ReplayedOne | undefined>(undefined)
export const progress = signal<{ done: number; of: number } | undefined>(undefined)
export const isReading = signal(false)
export const failure = signal('')
export const remedies = signal<Readonly<Record<string, readonly string[]>>>({})
/** Packets that a diagnosis points at. */
export const lit = signal<ReadonlySet<number>>(new Set())

const told = (error: unknown): string => (error instanceof Error ? error.message : String(error))

export const openBytes = async (bytes: Uint8Array, name: string): Promise<void> => {
  isReading.value = true
  failure.value = ''
  progress.value = undefined
  capture.value = undefined
  one.value = undefined
  try {
    capture.value = await ask('replay', { bytes, name }, (p: { done: number; of: number }) => {
      progress.value = p
    })
    if (capture.value.connections.length > 0) await show(capture.value.connections[0]!.index)
  } catch (error) {
    if (!(error instanceof Stopped)) failure.value = told(error)
  } finally {
    isReading.value = false
  }
}

export const openFile = async (file: File): Promise<void> =>
  openBytes(new Uint8Array(await file.arrayBuffer()), file.name)

export const show = async (index: number): Promise<void> => {
  remedies.value = {}
  try {
    one.value = await ask('connection', { index })
    lit.value = new Set(one.value.found.flatMap(({ packets }) => packets))
  } catch (error) {
    if (!(error instanceof Stopped)) failure.value = told(error)
  }
}

export const tryRemedy = async (remedy: string): Promise<void> => {
  const index = one.value?.index
  if (index === undefined) return
  try {
    const { sentences } = await ask('whatIf', { index, remedy })
    remedies.value = { ...remedies.value, [remedy]: sentences }
  } catch (error) {
    remedies.value = { ...remedies.value, [remedy]: [told(error)] }
  }
}

export const closeCapture = (): void => {
  stop('replay')
  capture.value = undefined
  one.value = undefined
}

/** Opens the capture that the command line named. */
export const openNamed = (): void => {
  if (opened.capture === undefined) return
  const { name, url } = opened.capture
  isReading.value = true
  fetch(url)
    .then((answer) => answer.arrayBuffer())
    .then((bytes) => openBytes(new Uint8Array(bytes), name))
    .catch((error) => {
      failure.value = told(error)
      isReading.value = false
    })
}
