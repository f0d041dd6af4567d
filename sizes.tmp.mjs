import { rolldown } from 'rolldown'
import { gzipSync } from 'node:zlib'
import configs from './rolldown.config.js'
const c = configs.at(-1)
const b = await rolldown({ ...c, output: undefined })
const { output } = await b.generate({ ...c.output, file: undefined })
const mods = Object.entries(output[0].modules).map(([id, m]) => [id.replace(process.cwd() + '/', ''), (m.code ?? '').length, m.code])
mods.sort((a, b) => b[1] - a[1])
for (const [id, n] of mods.slice(0, 60)) console.log(n, id)
const dirs = {}
for (const [id, n] of mods) { const d = id.split('/').slice(0, id.startsWith('node_modules') ? 3 : 2).join('/'); dirs[d] = (dirs[d] ?? 0) + n }
console.log(Object.entries(dirs).sort((a, b) => b[1] - a[1]).slice(0, 50))
const whole=output[0].code; console.log(whole.length, gzipSync(whole,{level:9}).length)
