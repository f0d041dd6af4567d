/** The static site, as GitHub Pages has it: under a path of its own, with no headers of ours. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describePage } from '../testing/page.ts'
import { writeSite } from './site.ts'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.png': 'image/png',
}

describePage('site', (_, browser) => {
  let folder: string
  let server: Server
  let url: string
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'halfopen-site-'))
    writeSite(folder)
    server = createServer((request, response) => {
      const path = new URL(request.url ?? '', 'http://site').pathname.replace(/\/$/, '/index.html')
      const file = path.startsWith('/halfopen/') ? join(folder, path.slice('/halfopen/'.length)) : ''
      if (!existsSync(file)) response.writeHead(404).end()
      else response.writeHead(200, { 'Content-Type': types[extname(file)] ?? '' }).end(readFileSync(file))
    })
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/halfopen/`
  })
  afterAll(() => {
    server?.close()
    if (folder) rmSync(folder, { recursive: true })
  })

  test('the page is alive under a path, its worker explores; a document has its style and its pictures', async () => {
    const page = await (await browser().newContext({ locale: 'en-US' })).newPage()
    const complaints: string[] = []
    page.on('console', (m) => m.type() === 'error' && complaints.push(m.text()))
    page.on('response', (r) => r.status() >= 400 && complaints.push(r.url()))
    await page.goto(`${url}#/graph?w=handshake`)
    await page.waitForFunction(() => document.querySelector('[data-count]')?.textContent?.includes('everything'))
    await page.getByRole('link', { name: 'Documentation' }).click()
    await page
      .getByRole('link', { name: /five minutes/i })
      .first()
      .click()
    expect(page.url()).toBe(`${url}docs/five-minutes.html`)
    expect(await page.locator('main.document h1').innerText()).not.toBe('')
    const broken = await page.evaluate(() => [...document.images].filter((i) => i.naturalWidth === 0).map((i) => i.src))
    expect(broken).toEqual([])
    expect(complaints).toEqual([])
  })

  test('every link within the site leads somewhere', () => {
    const docs = join(folder, 'docs')
    const dead = readdirSync(docs)
      .filter((file) => file.endsWith('.html'))
      .flatMap((file) =>
        [...readFileSync(join(docs, file), 'utf8').matchAll(/(?:href|src)="([^"]*)"/g)]
          .map(([, to]) => to!)
          .filter((to) => !/^(https?:|data:|#)/.test(to) && !existsSync(join(docs, to.split('#')[0]!)))
          .map((to) => `${file}: ${to}`),
      )
    expect(dead).toEqual([])
  })
})
