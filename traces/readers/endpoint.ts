/** Addresses with a port, as tools print them. */
import type { Endpoint } from '../capture.ts'

/** Digits are a port number; `*`, `http` and whatever else stay as they are. */
export const portOf = (text: string): number | string =>
  /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : text

/** What a port cannot be: digits beyond 65,535. */
export const isImpossiblePort = (port: number | string): boolean => typeof port === 'string' && /^\d+$/.test(port)

/** `192.0.2.1.502`, `2001:db8::1.443`, `host.example.http`: the port follows the last dot. */
export const splitHostAndPort = (text: string): Endpoint | undefined => {
  const dot = text.lastIndexOf('.')
  if (dot <= 0 || dot === text.length - 1) return undefined
  const address = text.slice(0, dot)
  // Three numbers and what looks like a port: an IPv4 address without one.
  if (/^\d{1,3}(\.\d{1,3}){2}$/.test(address)) return undefined
  return { address, port: portOf(text.slice(dot + 1)) }
}

/** `192.0.2.1:502`, `[::1]:631`, `:::80`, `*:*`, `127.0.0.53%lo:53`: the port follows the last colon. */
export const splitAddressAndPort = (text: string): Endpoint | undefined => {
  const colon = text.lastIndexOf(':')
  if (colon <= 0 || colon === text.length - 1) return undefined
  const address = text.slice(0, colon).replace(/^\[(.*)\]$/, '$1')
  return { address, port: portOf(text.slice(colon + 1)) }
}
