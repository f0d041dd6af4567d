/** The server's object for one connection at other sequence numbers: see `../socket/renumber.ts`. */
import { add } from '../sequence.ts'
import { asPeer, type Renumbering, renumberSegment, renumberSocket } from '../socket/renumber.ts'
import type { Cookie } from './cookie.ts'
import type { Server, ServerObject } from './object.ts'
import type { Request } from './request.ts'

export const renumberServer = (server: Server, by: Renumbering): Server => {
  const { object, cookie, earlierCookie, owes } = server
  return {
    ...server,
    object: renumberObject(object, by),
    ...(cookie && { cookie: renumberOpening(cookie, by) }),
    ...(earlierCookie && { earlierCookie: renumberOpening(earlierCookie, by) }),
    ...(owes && { owes: { ...owes, send: owes.send.map((s) => renumberSegment(s, by)) } }),
  }
}

const renumberObject = (object: ServerObject, by: Renumbering): ServerObject => {
  if (object.kind === 'none') return object
  if (object.kind === 'child') return { ...object, socket: renumberSocket(object.socket, by) }
  const { rcvNxt, promoting } = object
  return {
    ...renumberOpening(object, by),
    rcvNxt: add(rcvNxt, by.peer),
    ...(promoting && { promoting: renumberSegment(promoting, asPeer(by)) }),
  }
}

const renumberOpening = <T extends Cookie | Request>(opening: T, { own, peer }: Renumbering): T => ({
  ...opening,
  irs: add(opening.irs, peer),
  iss: add(opening.iss, own),
})
