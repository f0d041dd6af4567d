/** The server: only its own files, only to its own name, under a strict policy. It needs the page built (`npm run bundle`). */
import { existsSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { views } from '../state/spec.ts'
import { root } from './build.ts'
import { type Served, serve } from './serve.ts'

const isBuilt = existsSync(join(root(), 'dist', 'explorer', 'page', 'page.js'))
if (!isBuilt) console.warn('SKIPPED: the server of the page: it is not built (npm run bundle)')

describe.skipIf(!isBuilt)('serve', () => {
  let served: Served
  beforeAll(async () => {
    served = await serve({ opened: { hash: '</script><script>alert(1)</script>' }, capture: Uint8Array.of(1, 2, 3) })
  })
  afterAll(() => served.close())

  /** As it is written: no path is tidied up on the way. */
  const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    new Promise<{ status: number; body: string; headers: Record<string, unknown> }>((resolve, reject) => {
      const { hostname, port } = new URL(served.url)
      request({ hostname, port, path, method, headers: { host: `${hostname}:${port}`, ...headers } }, (answer) => {
        let body = ''
        answer.on('data', (data) => {
          body += data
        })
        answer.on('end', () => resolve({ status: answer.statusCode!, body, headers: answer.headers }))
      })
        .on('error', reject)
        .end()
    })

  test('the page and its files', async () => {
    for (const path of ['/', '/?x', '/page.js', '/graph-worker.js', '/zh.js', '/page.css', '/capture'])
      expect((await ask(path)).status).toBe(200)
  })

  test('a policy that lets it load nothing from elsewhere', async () => {
    const { headers } = await ask('/')
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(headers['content-security-policy']).not.toMatch(/unsafe|https?:/)
    expect(headers['x-content-type-options']).toBe('nosniff')
  })

  test.each([
    '/../package.json',
    '/..%2fpackage.json',
    '/page.js/../../../package.json',
    '//etc/passwd',
    '/explorer',
    '/page.css%00',
    '/start.js',
  ])('%s: there is no such page', async (path) => expect((await ask(path)).status).toBe(404))

  test.each(['evil.example', 'evil.example:80', '127.0.0.1:1', '127.0.0.1.evil.example'])(
    'host %s is refused',
    async (host) => expect((await ask('/', { host })).status).toBe(421),
  )

  test('nothing but GET', async () => expect((await ask('/', {}, 'POST')).status).toBe(405))

  test('before its script has run it says in both languages what it is for, and links to every view', async () => {
    const { body } = await ask('/')
    for (const lang of ['en', 'zh-CN']) {
      const [, first = ''] = new RegExp(`<div class="first" lang="${lang}">(.*?)</div>`, 's').exec(body) ?? []
      for (const view of views) expect(first).toContain(`<a href="#/${view}">`)
    }
  })

  test('what it opens with cannot end its element', async () => {
    const { body } = await ask('/')
    expect(body).not.toContain('</script><script>alert')
  })

  test('it listens on this machine alone', () => expect(served.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/))
})
