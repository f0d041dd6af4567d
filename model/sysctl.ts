/** The sysctls that the model obeys as numbers. Those that are a length of time are `Durations` of a stack: see `knobs`. */
import { closingSysctls } from './sysctls/closing.ts'
import { openingSysctls } from './sysctls/opening.ts'

export const sysctls = { ...openingSysctls, ...closingSysctls }

export type Sysctl = keyof typeof sysctls
export type Sysctls = Readonly<Record<Sysctl, number>>
