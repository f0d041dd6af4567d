/** The options that the model knows, as it has them. */
import type { Options } from '../../model/segment.ts'
import type { TcpOptions } from '../capture.ts'

export const modelled = ({ mss, windowScale, sackPermitted, timestamp }: TcpOptions): Options => ({
  ...(mss === undefined ? {} : { mss }),
  ...(windowScale === undefined ? {} : { windowScale }),
  ...(sackPermitted ? { sack: true as const } : {}),
  ...(timestamp?.value === undefined ? {} : { timestamp: { val: timestamp.value, echo: timestamp.echo } }),
})
