/** `--kernel linux-6.1`, or one for each end: `--kernel client=linux-5.10,server=linux-6.18`; `auto` tries them all. */
import type { ProfileName } from '../../model/index.ts'
import { UsageError } from '../error.ts'
import { kernelOf } from './names.ts'

export interface Kernels {
  readonly client?: ProfileName
  readonly server?: ProfileName
}

export const kernelsOf = (text: string): Kernels => {
  if (text === 'auto') return {}
  if (!text.includes('=')) return { client: kernelOf(text), server: kernelOf(text) }
  return Object.fromEntries(
    text.split(',').flatMap((part) => {
      const [end, kernel = ''] = part.split('=').map((word) => word.trim())
      if (end === 'client' || end === 'server') return kernel === 'auto' ? [] : [[end, kernelOf(kernel)]]
      const remedy = 'write --kernel NAME or --kernel client=NAME,server=NAME'
      throw new UsageError({ code: 'E_VALUE', place: '--kernel', cause: `"${end}" is no end`, remedy })
    }),
  )
}
