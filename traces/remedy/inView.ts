/** What a remedy would have done, in view of what else is known: the diagnosis, and the others in the queue. */
import type { Connection } from '../capture.ts'
import { endpointText } from '../capture.ts'
import type { Diagnosis } from '../diagnosis/diagnosis.ts'
import type { SocketRow } from '../evidence/sockets.ts'
import type { Listener } from '../listener/index.ts'
import type { Remedy } from './remedy.ts'
import { type Room, roomAmong, roomByListing, roomText } from './room.ts'
import type { WhatIf } from './whatIf.ts'

export interface View {
  readonly connection: Connection
  readonly diagnoses: readonly Diagnosis[]
  readonly listener?: Listener
  /** Of the server's host. */
  readonly listing?: readonly SocketRow[]
}

/** The diagnosis may rule out what the remedy is against, and the others in the queue decide whether it is enough. */
export const inView = (w: WhatIf, remedy: Remedy, view: View): WhatIf => {
  if (w.from === undefined || w.doesNot === undefined) return w
  const nothing = (why: string): WhatIf => ({ remedy: w.remedy, sentences: [`nothing would change: ${why}`] })
  if (remedy.kind === 'retries') return { ...w, sentences: [...w.sentences, w.doesNot] }
  const other = view.diagnoses.map(whyNotFull).find((words) => words !== undefined)
  if (other !== undefined) return nothing(other)
  const more = [w.doesNot, ...view.diagnoses.flatMap(supposition)]
  if (remedy.kind !== 'backlog') return { ...w, sentences: [...w.sentences, ...more] }
  const room = roomOf(w.from, view)
  const words = roomText(remedy.size, room)
  const told = room && { room }
  if (remedy.size !== undefined && remedy.size < (room?.least ?? 0)) return { ...nothing(words), ...told }
  return { ...w, ...told, sentences: [...w.sentences, words, ...more] }
}

const roomOf = (from: number, { connection, listener, listing }: View): Room | undefined => {
  const time = connection.packets.find(({ number }) => number === from)?.time
  const among = time === undefined || !listener ? undefined : roomAmong(listener, endpointText(connection.client), time)
  return among ?? (listing && roomByListing(listing, connection.server))
}

const isFull = ({ meets }: Diagnosis['causes'][number]): boolean => meets !== undefined && meets.length > 0

/** A full queue explains it as cheaply as anything else. */
export const suspectsFull = (diagnoses: readonly Diagnosis[]): boolean =>
  diagnoses.some(({ causes }) => causes.some((c) => isFull(c) && c.cost !== undefined && c.cost === causes[0]?.cost))

/** The queue was not full after all, or what is wrong is something else. */
const whyNotFull = ({ id, causes, cause }: Diagnosis): string | undefined => {
  if (id === 'listener-gone') return cause
  const full = causes.find(isFull)
  return full !== undefined && full.cost === undefined
    ? `${cause} (${full.words}: ruled out, ${full.ruledOut})`
    : undefined
}

const supposition = ({ certainty, causes }: Diagnosis): string[] =>
  certainty === 'certain' || !causes.some((c) => isFull(c) && c.cost !== undefined)
    ? []
    : [
        `all this supposes that the accept queue is full, which is ${causes[0]!.cost !== undefined && isFull(causes[0]!) ? certainty : 'possible'}`,
      ]
