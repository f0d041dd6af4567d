/** `npm run site`: page, lessons and documentation as static files, in `dist/site`. */
import { join } from 'node:path'
import { root } from './server/build.ts'
import { writeSite } from './server/site.ts'

const folder = join(root(), 'dist', 'site')
const documents = writeSite(folder)
process.stdout.write(`${folder}: the page, ${documents} documents\n`)
