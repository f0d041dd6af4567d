/** The last part of building the page: its style beside its scripts. */
import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './server/build.ts'

const folder = join(root(), 'dist', 'explorer', 'page')
mkdirSync(folder, { recursive: true })
copyFileSync(join(root(), 'explorer', 'page', 'page.css'), join(folder, 'page.css'))
