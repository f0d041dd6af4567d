import { chromium } from 'playwright-core'
import { openedWith, serve } from './dist/explorer/index.js'
const { url, close } = await serve({ opened: openedWith() })
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
for (let i = 0; i < 3; i++) {
const context = await browser.newContext({ viewport: { width: 1360, height: 900 }, locale: process.env.L ?? 'en-US' })
const page = await context.newPage()
const s = await context.newCDPSession(page)
await s.send('Performance.enable', { timeDomain: 'threadTicks' })
if (i == 2) { await s.send('Profiler.enable'); await s.send('Profiler.setSamplingInterval', { interval: 200 }); await s.send('Profiler.start') }
await page.goto(url + '#/' + (process.argv[2] ?? 'bench'))
await page.waitForSelector('main h2, main h3', { state: 'attached' })
await page.waitForTimeout(1500)
const t = await page.evaluate(() => ({ paint: performance.getEntriesByType('paint').map(e => [e.name, Math.round(e.startTime)]), nav: (({responseEnd, domInteractive, domContentLoadedEventEnd, loadEventEnd}) => ({responseEnd, domInteractive, domContentLoadedEventEnd, loadEventEnd}))(performance.getEntriesByType('navigation')[0]), res: performance.getEntriesByType('resource').map(r => [r.name.slice(-8), Math.round(r.startTime), Math.round(r.responseEnd)]) , marks: performance.getEntriesByType('mark').map(e=>[e.name,Math.round(e.startTime)])}))
console.log(JSON.stringify(t))
const { metrics } = await s.send('Performance.getMetrics')
console.log(metrics.filter(m => /Duration/.test(m.name)).map(m => m.name + ' ' + (m.value * 1000).toFixed(0)).join(', '))
if (i == 2) {
  const { profile } = await s.send('Profiler.stop')
  const self = new Map(), byId = new Map(profile.nodes.map(n => [n.id, n]))
  const parent = new Map(); for (const n of profile.nodes) for (const c of n.children ?? []) parent.set(c, n.id)
  const incl = new Map()
  profile.samples.forEach((id, k) => { const d = profile.timeDeltas[k] / 1000; const name = x => { const n = byId.get(x).callFrame; return `${n.functionName || '(anon)'}@${n.lineNumber}:${n.columnNumber}` }
    self.set(name(id), (self.get(name(id)) ?? 0) + d)
    const seen = new Set(); for (let x = id; x !== undefined; x = parent.get(x)) { const nm = name(x); if (seen.has(nm)) continue; seen.add(nm); incl.set(nm, (incl.get(nm) ?? 0) + d) } })
  console.log('SELF', [...self].sort((a, b) => b[1] - a[1]).slice(0, 14).map(([n, v]) => `${n} ${v.toFixed(1)}`).join('\n  '))
  console.log('INCL', [...incl].sort((a, b) => b[1] - a[1]).slice(0, 25).map(([n, v]) => `${n} ${v.toFixed(1)}`).join('\n  '))
}
await context.close()
}
await browser.close(); await close()
