/** Long texts as short words of an address: deflate, base64url. */
import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate'

/** No address unpacks to more: what claims to is hostile. */
const MOST = 2 ** 18

export const pack = (text: string): string =>
  btoa(String.fromCharCode(...deflateSync(strToU8(text), { level: 9 })))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')

/** Undefined for what was not packed here, or was cut on its way. */
export const unpack = (packed: string): string | undefined => {
  try {
    const bytes = Uint8Array.from(atob(packed.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))
    const out = inflateSync(bytes, { out: new Uint8Array(MOST) })
    return out.length < MOST ? strFromU8(out) : undefined
  } catch {
    return undefined
  }
}
