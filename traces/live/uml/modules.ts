import { readFileSync } from 'node:fs'
import { release } from 'node:os'
import { loadModule } from '../native.ts'

/** Interfaces of the kind veth are a module in the second kernel. @throws Error where the kernel refuses it */
export const loadInterfaces = (): void => {
  loadModule(readFileSync(`/usr/lib/uml/modules/${release()}/kernel/drivers/net/veth.ko`))
}
