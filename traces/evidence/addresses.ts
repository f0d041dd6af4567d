/** Addresses and ports as different tools write them: one endpoint, whatever it is called. */
import type { Endpoint } from '../capture.ts'
import { maybeSamePort } from '../readers/services.ts'

/** `::ffff:192.0.2.1` is 192.0.2.1 (RFC 4291 §2.5.5.2), and a zone (`%eth0`) tells nothing of the address. */
export const plainAddress = ({ address }: Endpoint): string =>
  address
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/%.*$/, '')
    .replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '')
    .toLowerCase()

/** A name that a tool has looked up, and which another may print as a number. */
export const isName = (e: Endpoint): boolean => !/^[\d.]+$|:/.test(plainAddress(e))

/** Whether one of two addresses is a name and the other is not: then nothing tells that they are different. */
export const mayBeNamed = (a: Endpoint, b: Endpoint): boolean => isName(a) !== isName(b)

export const sameAddress = (a: Endpoint, b: Endpoint): boolean => plainAddress(a) === plainAddress(b)

/** The same port, or one of them is a name that is not known here. */
export const samePort = (a: Endpoint, b: Endpoint): boolean => maybeSamePort(a.port, b.port)

export const sameSocket = (a: Endpoint, b: Endpoint): boolean => samePort(a, b) && sameAddress(a, b)
