/** The last part of building the page: its style beside its scripts. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './server/build.ts'

const folder = join(root(), 'dist', 'explorer', 'page')
mkdirSync(folder, { recursive: true })
/** Without comments and indentation. */
const style = readFileSync(join(root(), 'explorer', 'page', 'page.css'), 'utf8')
  .replace(/\/\*[\s\S]*?\*\//g, '')
  .replace(/\n\s*/g, '\n')
writeFileSync(join(folder, 'page.css'), style)
