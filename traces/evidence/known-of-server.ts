/** What listings, counters and settings tell of the host of a connection's server. */
import { type Connection, endpointText } from '../capture.ts'
import type { KnownOfServer } from '../diagnosis/known.ts'
import type { AboutConnection } from '../replay/options.ts'
import { belongsTo } from './accept-queue.ts'
import type { HostEvidence } from './hostEvidence.ts'

export const knownOfServer = (
  { counters, settings, sockets, other }: HostEvidence,
  c: Connection,
  about: AboutConnection,
): KnownOfServer => {
  const full = sockets?.listing.rows.find(
    ({ state, local, recvQ, backlog }) =>
      state === 'LISTEN' && backlog !== undefined && recvQ > backlog && belongsTo(c.server, local),
  )
  const answer = other?.answerTo(c)
  return {
    about,
    ...(other &&
      answer !== undefined && { answered: `${other.file} shows that the server answers (packet ${answer})` }),
    ...(counters && { counters: { values: counters.values, between: counters.are === 'between' } }),
    ...(settings && { sysctls: settings.sysctls }),
    ...(full && {
      fullQueue: `${sockets!.listing.file}:${full.line} shows the accept queue of ${endpointText(full.local)} full (${full.recvQ} in it, backlog ${full.backlog})`,
    }),
  }
}
