/** The server's host, whose settings may change while a world runs. */
import type { Stack } from '../config.ts'
import type { Listener } from '../listener/types.ts'

/** The host's stack as it is by now. */
export const stackBy = ({ sysctls }: Pick<Listener, 'sysctls'>, stack: Stack): Stack =>
  sysctls === undefined ? stack : { ...stack, sysctls: { ...stack.sysctls, ...sysctls } }
