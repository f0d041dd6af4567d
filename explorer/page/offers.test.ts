/** What few pages of this kind offer, in a real browser: `page.test.ts` has the views one by one. */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { describePage } from '../testing/page.ts'

const take = (page: Page, words: RegExp) => page.locator('.events .take').filter({ hasText: words }).first()

describePage('bench: before an event is taken', (open) => {
  test('it says whether it leads to something new, to what was seen, or to what violates a property', async () => {
    const { page, complaints } = await open('#/bench?w=overfull-queue')
    const connect = take(page, /connect\(\)/)
    expect(await connect.innerText()).toMatch(/\bnew$/)
    await connect.click()
    await page.keyboard.press('ArrowLeft')
    expect(await connect.innerText()).toMatch(/\bseen$/)
    await page.locator('select[name=property]').selectOption('Q1')
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await page.waitForFunction(() => document.querySelector('.until output')?.textContent?.includes('Reached in'))
    await page.keyboard.press('ArrowLeft')
    expect(await page.locator('.events .event.bad').first().innerText()).toContain('violates Q1')
    await page.locator('.events .event.bad .source-button').first().click()
    expect(await page.locator('.events .event.bad .source').innerText()).toMatch(/linux: |RFC /)
    expect(complaints).toEqual([])
  })

  test('both ends’ states stand at their lifelines, and both queues as slots with the connections in them', async () => {
    const { page } = await open('#/bench?w=ghost-connection')
    for (const words of [/connect\(\)/, /arrives at the server/]) await take(page, words).click()
    expect(await page.locator('.lifelines').innerHTML()).toMatch(/SYN_SENT[\s\S]*SYN_RECV/)
    expect(await page.locator('.queue').first().innerText()).toMatch(/SYN queue[\s\S]*1 of/)
    for (const words of [/arrives at the client/, /arrives at the server/]) await take(page, words).click()
    expect(await page.locator('.queue').nth(1).innerText()).toMatch(/Accept queue[\s\S]*of 2 slots taken/)
  })

  test('a random walk, and the same steps as a command for the kernel of this machine', async () => {
    const { page } = await open('#/bench?w=ghost-connection')
    await page.getByRole('button', { name: 'Random walk (10)' }).click()
    expect(await page.locator('.controls').innerText()).toMatch(/step 10 of 10/)
    await page.locator('.command summary').click()
    expect(await page.locator('.command dd').first().innerText()).toMatch(/^halfopen trace run /)
    await page.getByRole('button', { name: 'Restart' }).click()
    expect(await page.locator('.controls').innerText()).toContain('step 0 of 0')
  })
})

describePage('bench: two kernels', (open) => {
  test('the shortest run that tells them apart is found, and where they part is said', async () => {
    const { page, complaints } = await open('#/bench?w=ghost-connection&b.kernel=rfc9293')
    expect(await page.locator('.compare').innerText()).toContain('Both worlds have taken 0 steps alike.')
    await page.getByRole('button', { name: 'Find the shortest way to part' }).click()
    await page.waitForFunction(() => document.querySelector('.compare')?.textContent?.includes('They part at step'))
    expect(await page.locator('.compare th').nth(1).innerText()).toBe('rfc9293')
    expect(complaints).toEqual([])
  })
})

describePage('properties: for every number of clients', (open) => {
  test.each([
    ['en', 'For every number of clients', 'holds', 'reached with 2 or more'],
    ['zh', '对任意客户端数', '成立', '可到达（2 个客户端起）'],
  ] as const)(
    '%s: the table says it of each, the bench’s list, too; of a changed world nothing is claimed',
    async (language, heading, holds, reached) => {
      const { page, complaints } = await open('#/properties?w=ghost-connection&property=Q1', { language })
      const cell = (id: string) => page.locator('tr', { has: page.getByRole('button', { name: id, exact: true }) })
      expect(await page.locator('.stage thead').innerText()).toContain(heading)
      expect(await cell('Q1').locator('td').nth(1).innerText()).toBe(holds)
      expect(await cell('GHOST').locator('td').nth(1).innerText()).toBe(reached)
      expect(await page.locator('.side dl').innerText()).toContain(heading)
      await page.keyboard.press('1')
      expect(await page.locator('select[name=property]').innerText()).toContain(reached)
      await page.goto(page.url().replace('#/bench?', '#/properties?loss=1&property=Q1&'))
      await page.waitForFunction(
        (words) => !document.querySelector('.stage thead')?.textContent?.includes(words),
        heading,
      )
      expect(complaints).toEqual([])
    },
  )
})

describePage('trace', (open) => {
  test('hypotheses shrink as packets come', async () => {
    const { page } = await open('#/trace')
    await page.getByRole('button', { name: 'Open the published ghost connection' }).click()
    await page.waitForSelector('.packets')
    const counts = (await page.locator('.packets tbody tr td:last-child').allInnerTexts()).map(Number)
    expect(counts.some((n, i) => n < (counts[i - 1] ?? 0))).toBe(true)
  })

  test('what is said of a capture is said in Chinese: conclusion, causes, what decides, what a remedy would do', async () => {
    const { page, complaints } = await open('#/trace', { language: 'zh' })
    await page.locator('.drop button').click()
    await page.waitForSelector('.diagnosis')
    const diagnosis = await page.locator('.diagnosis').first().innerText()
    expect(diagnosis).toMatch(/从报文 \d+ 起客户端已是 ESTABLISHED，而服务端停在 SYN_RECV/)
    expect(diagnosis).toContain('全连接队列已满')
    expect(diagnosis).toMatch(/什么能判定：服务端的 ListenOverflows/)
    await page.locator('form button').click()
    await page.waitForSelector('.remedy')
    expect(await page.locator('.remedy').innerText()).toMatch(/服务端会以 RST 应答报文/)
    expect(await page.locator('.diagnosis [lang=en], .remedy [lang=en]').allInnerTexts()).toEqual([])
    expect(complaints).toEqual([])
  })
})

describePage('exports', (open) => {
  const saved = async (page: Page, list: string, format: string) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator(`select[name=${list}]`).selectOption(format),
    ])
    return readFileSync(await download.path(), 'utf8')
  }

  test('a run as Mermaid, packetdrill and ITF; a graph as GraphML and Aldebaran', async () => {
    const { page, complaints } = await open('#/bench?w=ghost-connection&p=1.client+connect%7E1.deliver+to+server')
    expect(await saved(page, 'export', 'mermaid')).toMatch(/^sequenceDiagram\n/m)
    expect(await saved(page, 'export', 'packetdrill')).toMatch(/< S .*\n[\s\S]*> S\. /)
    expect(JSON.parse(await saved(page, 'export', 'itf'))['#meta']).toBeDefined()
    await page.goto(page.url().replace(/#.*/, '#/graph?w=handshake'))
    await page.waitForFunction(() => document.querySelector('[data-count]')?.textContent?.includes('everything'))
    expect(await saved(page, 'graph-export', 'aut')).toMatch(/^des \(0, ?\d+, ?3851\)/)
    expect(await saved(page, 'graph-export', 'graphml')).toContain('<graphml')
    expect(complaints).toEqual([])
  })
})
