/** The page in a real browser: each view by what a person sees and does. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { readCapture } from '../../traces/index.ts'
import { standalonePage } from '../index.ts'
import { describePage, picture } from '../testing/page.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds, as `rule: element`. */
const violations = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe)
  return page.evaluate(async () => {
    // biome-ignore lint/suspicious/noExplicitAny: axe is put into the page
    const { violations: all } = await (globalThis as any).axe.run()
    return all.flatMap((v: { id: string; nodes: { html: string }[] }) =>
      v.nodes.map((n) => `${v.id}: ${n.html.slice(0, 160)}`),
    )
  })
}

const GHOST = [
  '1.client connect',
  '2.rival connect',
  '1.deliver to server',
  '2.deliver to server',
  '1.deliver to client',
  '2.deliver to client',
  '1.deliver to server',
  '2.deliver to server',
]
const ghostHash = `#/bench?${new URLSearchParams({ w: 'ghost-connection', p: GHOST.join('~') })}`

const event = (page: Page, words: RegExp, connection?: number) =>
  page
    .locator('.events .take')
    .filter({ hasText: words })
    .filter({ hasText: connection === undefined ? /./ : `connection ${connection}` })
    .first()

const middle = async (page: Page, of: string) => {
  const box = (await page.locator(of).first().boundingBox())!
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

const drag = async (page: Page, what: string, to: string): Promise<void> => {
  await page.locator(to).first().scrollIntoViewIfNeeded()
  const [a, b] = [await middle(page, what), await middle(page, to)]
  await page.mouse.move(a.x, a.y)
  await page.mouse.down()
  await page.mouse.move(b.x, b.y, { steps: 4 })
  await page.mouse.up()
}

/** With a finger. */
const touchDrag = async (page: Page, what: string, to: string): Promise<void> => {
  await page.locator(to).first().scrollIntoViewIfNeeded()
  const [a, b] = [await middle(page, what), await middle(page, to)]
  const finger = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: { x: number; y: number }) =>
    finger.send('Input.dispatchTouchEvent', { type, touchPoints: at ? [at] : [] })
  await touch('touchStart', a)
  await touch('touchMove', { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 })
  await touch('touchMove', b)
  await touch('touchEnd')
}

describePage('bench', (open) => {
  test('a stranger makes a ghost connection by hand, sees which slot was full, and finds the setting that changes it', async () => {
    const { page, complaints } = await open()
    await event(page, /client calls connect\(\)/, 1).click()
    await event(page, /other client calls connect\(\)/, 2).click()
    for (const [to, connection] of [
      ['server', 1],
      ['server', 2],
      ['client', 1],
      ['client', 2],
      ['server', 1],
    ] as const)
      await event(page, new RegExp(`arrives at the ${to}`), connection).click()
    expect(await page.locator('.queue').nth(1).innerText()).toContain('2 of 2 slots taken full')
    const last = event(page, /arrives at the server/, 2)
    expect(await last.innerText()).toContain('reaches GHOST')
    await last.click()
    expect(await page.locator('.ghost').innerText()).toContain(
      'the server holds it in SYN_RECV, and its accept queue is full',
    )
    expect(await page.locator('.listener .full').innerText()).toContain('a third ACK is dropped')
    expect(await page.locator('.listings pre').innerText()).toMatch(/SYN-RECV .*192.0.2.1:40002/)
    await page.getByRole('button', { name: 'Which settings change that?' }).click()
    const setting = page.locator('input[name=tcp_abort_on_overflow]')
    await setting.fill('1')
    await setting.press('Tab')
    expect(await page.locator('.ghost').count()).toBe(0)
    expect(await page.locator('.lifelines').innerHTML()).toContain('CLOSED')
    expect(complaints).toEqual([])
  })

  test('undo, redo, the slider and keys move along one path, which the address holds', async () => {
    const { page } = await open(ghostHash)
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    expect(page.url()).toContain('at=6')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('End')
    expect(await page.locator('.controls').innerText()).toContain('step 8 of 8')
    await page.keyboard.press('Home')
    await page.keyboard.press('a')
    expect(await page.locator('.controls').innerText()).toContain('step 1 of 8')
  })

  test('a link that no longer fits: says where, and shows the steps before', async () => {
    const broken = `#/bench?${new URLSearchParams({ w: 'ghost-connection', p: [...GHOST.slice(0, 2), '1.server send', ...GHOST].join('~') })}`
    const { page } = await open(broken)
    expect(await page.locator('.notice').innerText()).toContain(
      'Step 3 of 11 (1.server send) is not possible in this world',
    )
    expect(await page.locator('.controls').innerText()).toContain('step 2 of 2')
  })

  test('a segment can be lost where the wire loses none: one loss more is allowed', async () => {
    const { page } = await open('#/bench?w=ghost-connection&p=1.client+connect')
    await page.getByRole('button', { name: /^Lose/ }).click()
    expect(await page.locator('input[name=loss]').inputValue()).toBe('1')
    expect(await page.locator('.segments').count()).toBe(0)
  })

  test('a segment is dragged: to its end, into the field that loses it, into the one that keeps a copy', async () => {
    const { page, complaints } = await open('#/bench?w=ghost-connection&p=1.client+connect')
    await drag(page, '.chip', '.end.client')
    expect(await page.locator('.controls').innerText()).toContain('step 1 of 1') // not the end that it is sent to
    await drag(page, '.chip', '.bin.twice')
    expect(await page.locator('.chip').allInnerTexts()).toEqual(['[S] seq 100 ▶', '◀ [S.] seq 500 ack 101'])
    await drag(page, '.segment.client .chip', '.segment.client .end.client')
    expect(await page.locator('.lifelines').innerHTML()).toContain('ESTABLISHED')
    await drag(page, '.segment.server >> nth=0 >> .chip', '.bin.lose')
    expect(page.url()).toMatch(/loss=1.*duplication=1|duplication=1.*loss=1/)
    expect(page.url()).toContain(
      'p=1.client+connect%7E1.deliver+to+server%3A1%7E1.deliver+to+client%7E1.lose+from+client',
    )
    expect(complaints).toEqual([])
  })

  test('a segment overtakes another: by key, and with a finger', async () => {
    const path = ['1.client connect', '1.deliver to server', '1.deliver to client', '1.client send'].join('~')
    const { page } = await open(`#/bench?${new URLSearchParams({ w: 'ghost-connection', capacity: '2', p: path })}`, {
      touch: true,
    })
    const second = '.segment.server >> nth=1 >> '
    await page.locator(`${second} .chip`).press('Enter')
    expect(page.url()).toContain('reordering=1')
    expect(await page.locator('.step-table').textContent()).toContain('ahead of 1')
    await page.keyboard.press('ArrowLeft')
    await touchDrag(page, `${second} .chip`, `${second} .end.server`)
    expect(await page.locator('.controls').innerText()).toContain('step 5 of 5')
    expect(await page.locator('.step-table').textContent()).toContain('ahead of 1')
  })

  test('run until a predicate holds: a shortest way', async () => {
    const { page } = await open()
    await page.locator('#until').fill('client = ESTABLISHED and server = SYN_RECV and accept queue > 1')
    await page.locator('#until').press('Enter')
    await page.waitForFunction(() => document.querySelector('.until output')?.textContent?.includes('Reached in'))
    expect(await page.locator('.until output').innerText()).toMatch(/Reached in \d+ steps, the fewest possible/)
  })

  test('two settings side by side: they part where the third ACK meets the full queue', async () => {
    const { page } = await open(`${ghostHash}&b.set=tcp_abort_on_overflow%3D1`)
    expect(await page.locator('.compare').innerText()).toContain('They part at step 8')
    expect(await page.locator('.compare .differs').count()).toBeGreaterThan(0)
  })

  test('what a kernel would print: ss, netstat and /proc', async () => {
    const { page } = await open(ghostHash)
    await page.getByLabel('/proc/net/netstat').check()
    expect(await page.locator('.listings pre').innerText()).toMatch(/TcpExt: .*ListenOverflows/)
    await page.getByLabel('netstat -anto').check()
    expect(await page.locator('.listings pre').innerText()).toContain('Active Internet connections')
  })
})

describePage('graph', (open) => {
  test('explores by itself, says how many of how many, and a search finds states', async () => {
    const { page, complaints } = await open('#/graph?w=handshake')
    await page.waitForFunction(() =>
      document.querySelector('[data-count]')?.textContent?.includes('everything is explored'),
    )
    expect(await page.locator('[data-count]').innerText()).toMatch(/showing 3,851 of 3,851 states/)
    await page.locator('input[name=predicate]').fill('client = ESTABLISHED and server = SYN_RECV')
    await page.locator('input[name=predicate]').press('Enter')
    await page.waitForSelector('.graph output')
    expect(await page.locator('.graph output').innerText()).toMatch(/\d+ states match/)
    await page.getByRole('button', { name: 'Stand in this state on the bench' }).click()
    await page.waitForSelector('.bench')
    expect(await page.locator('.lifelines').innerHTML()).toContain('ESTABLISHED')
    expect(complaints).toEqual([])
  })

  test('from a state: what can follow as a table, the way to it as pcapng; states in the colours of a field', async () => {
    const { page, complaints } = await open('#/graph?w=close&n=700&colour=1.client.state')
    await page.waitForFunction(() => Number(document.querySelector('canvas')?.dataset.nodes) > 600)
    await page.waitForFunction(() => document.querySelector('.legend')?.textContent?.includes('SYN_SENT'))
    expect(await page.locator('[data-count]').innerText()).toMatch(/^showing [\d,]+ of (at least )?[\d,]+ states/)
    await page.locator('canvas').focus()
    await page.keyboard.press('ArrowRight')
    await page.locator('.next button').first().click()
    await page.waitForFunction(() => document.querySelector('.facts-list')?.textContent?.includes('client: SYN_SENT'))
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save the way here as pcapng' }).click(),
    ])
    const capture = readCapture(readFileSync(await download.path()))
    expect(capture.packets.map((p) => p.flags)).toContain('S')
    expect(complaints).toEqual([])
  })

  test('a click chooses the state under it, keys go on from there', async () => {
    const { page } = await open('#/graph?w=handshake')
    await page.waitForFunction(() => Number(document.querySelector('canvas')?.dataset.nodes) > 3000)
    const canvas = page.locator('canvas')
    await canvas.focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await page.waitForSelector('.facts-list li')
    expect(await page.locator('.facts-list').innerText()).toContain('client: SYN_SENT')
  })

  test('folded to fields that are chosen live: names and what leads on', async () => {
    const { page } = await open('#/graph?w=handshake')
    await page.waitForFunction(() => document.querySelector('[data-count]')?.textContent?.includes('everything'))
    await page.getByRole('checkbox', { name: 'client.state' }).check()
    await page.getByRole('checkbox', { name: 'server.state' }).check()
    await page.waitForSelector('.folded svg')
    await page.getByRole('button', { name: 'SYN_SENT · SYN_RECV' }).click()
    expect(await page.locator('.folded .leads').allInnerTexts()).toContainEqual(
      expect.stringContaining('deliver to client'),
    )
    await page.getByRole('checkbox', { name: 'server.state' }).uncheck()
    await page.waitForFunction(() => document.querySelectorAll('.folded svg .node').length < 8)
  })
})

describePage('properties', (open) => {
  test('verdicts, an example run in a tab, why it is true there, and the way to the bench', async () => {
    const { page, complaints } = await open('#/properties?w=accept-queue&property=FULL')
    await page.getByRole('button', { name: 'Check all' }).click()
    await page.waitForSelector('.tabs')
    expect(await page.locator('.verdict.reached').first().innerText()).toBe('reached')
    const why = await page.locator('.why').first().innerText()
    expect(why).toContain('listener.acceptQueue')
    expect(why).toMatch(/when: true/)
    await page.getByRole('button', { name: 'Step through it on the bench' }).click()
    expect(await page.locator('.queue').nth(1).innerText()).toContain('full')
    expect(complaints).toEqual([])
  })

  test('a violated property: its counterexample, and which value alone would turn it', async () => {
    const { page } = await open('#/properties?w=overfull-queue&property=Q1')
    await page.getByRole('button', { name: 'Check all' }).click()
    await page.waitForSelector('.tabs')
    expect(await page.locator('.tabs').innerText()).toContain('Counterexample 1')
    const row = page.locator('.why').first().locator('tr', { hasText: 'listener.acceptQueue' })
    expect(await row.innerText()).toMatch(/4\s+3/)
  })
})

describePage('properties, more', (open) => {
  test('a property that holds: example runs; one of runs that fails: its lasso is marked', async () => {
    const { page } = await open('#/properties?w=reboot-into-the-window')
    await page.getByRole('button', { name: 'Check all' }).click()
    await page
      .locator('tr', { has: page.locator('.verdict.holds') })
      .first()
      .locator('th button')
      .click()
    await page.getByRole('button', { name: 'An example run' }).click()
    await page.waitForSelector('.tabs [aria-pressed=true]')
    expect(await page.locator('.why').first().innerText()).toContain('true')
    await page.getByRole('button', { name: 'Another run' }).click()
    await page.waitForFunction(() => document.querySelectorAll('.tabs [aria-pressed]').length === 2)
    await page.getByRole('button', { name: 'L13', exact: true }).click()
    expect(await page.locator('.lasso').innerText()).toMatch(/A lasso: after the last step|stays like this for ever/)
  })
})

const HANDSHAKE = [
  '00:00:01.000000 IP 192.0.2.1.40000 > 192.0.2.2.80: Flags [S], seq 100, win 65535, options [mss 1460], length 0',
  '00:00:01.000100 IP 192.0.2.2.80 > 192.0.2.1.40000: Flags [S.], seq 500, ack 101, win 65535, options [mss 1460], length 0',
  '00:00:01.000200 IP 192.0.2.1.40000 > 192.0.2.2.80: Flags [.], ack 501, win 65535, length 0',
]
const ANSWERED = [
  '00:00:01.000300 IP 192.0.2.1.40000 > 192.0.2.2.80: Flags [P.], seq 101:111, ack 501, win 65535, length 10',
  '00:00:01.000400 IP 192.0.2.2.80 > 192.0.2.1.40000: Flags [.], ack 111, win 65535, length 0',
]
const finAcking = (ack: number) =>
  `00:00:01.000500 IP 192.0.2.2.80 > 192.0.2.1.40000: Flags [F.], seq 501, ack ${ack}, win 65535, length 0`

const openText = async (page: Page, lines: readonly string[]): Promise<void> => {
  const buffer = Buffer.from(`${lines.join('\n')}\n`)
  await page.locator('input[type=file]').setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer })
  await page.waitForSelector('.packets')
}

/** A pcap of so many SYNs, each from an address of its own. */
const flood = (syns: number): Buffer => {
  const bytes = Buffer.alloc(24 + syns * 56)
  bytes.writeUInt32LE(0xa1b2c3d4, 0)
  bytes.writeUInt16LE(2, 4)
  bytes.writeUInt16LE(4, 6)
  bytes.writeUInt32LE(65_535, 16)
  bytes.writeUInt32LE(101, 20) // raw IP
  for (let i = 0; i < syns; i++) {
    const at = 24 + i * 56
    bytes.writeUInt32LE(1_700_000_000 + Math.floor(i / 10_000), at)
    bytes.writeUInt32LE((i % 10_000) * 100, at + 4)
    bytes.writeUInt32LE(40, at + 8)
    bytes.writeUInt32LE(40, at + 12)
    const ip = at + 16
    bytes[ip] = 0x45
    bytes.writeUInt16BE(40, ip + 2)
    bytes[ip + 8] = 64
    bytes[ip + 9] = 6
    bytes.writeUInt32BE(0x0a00_0000 + i, ip + 12)
    bytes.writeUInt32BE(0xc000_0201, ip + 16)
    bytes.writeUInt16BE(1024 + (i % 60_000), ip + 20)
    bytes.writeUInt16BE(80, ip + 22)
    bytes.writeUInt32BE(Math.imul(i, 2_654_435_761) >>> 0, ip + 24)
    bytes[ip + 32] = 0x50
    bytes[ip + 33] = 2
    bytes.writeUInt16BE(1000, ip + 34)
  }
  return bytes
}

describePage('trace', (open) => {
  test('the published capture: beliefs, the diagnosis with its packets lit, and what a remedy would have done', async () => {
    const { page, complaints } = await open('#/trace')
    await page.getByRole('button', { name: 'Open the published ghost connection' }).click()
    await page.waitForSelector('.packets')
    expect(await page.locator('.diagnosis').innerText()).toContain('ghost-connection')
    expect(await page.locator('tr.lit').count()).toBeGreaterThan(10)
    expect(await page.locator('.state.server').last().innerText()).toBe('SYN_RECV')
    await page.getByRole('button', { name: 'Try' }).click()
    await page.waitForSelector('.remedy')
    expect(await page.locator('.remedy').innerText()).toContain('RST')
    expect(complaints).toEqual([])
  })

  test('a hostile capture: markup in names is text, and what cannot be read is said', async () => {
    const { page, complaints } = await open('#/trace')
    const evil = '<img src=x onerror=alert(1)>'
    const text = `IP ${evil}.80 > b.81: Flags [S], seq 1, win 1, length 0\n`
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: `${evil}.txt`, mimeType: 'text/plain', buffer: Buffer.from(text) })
    await page.waitForSelector('.notice, .one')
    expect(await page.locator('img').count()).toBe(0)
    expect(complaints.filter((c) => !c.includes('favicon'))).toEqual([])
  })

  test('a capture that diverges: the packet is lit, with what is wrong and what the model would have allowed', async () => {
    const { page, complaints } = await open('#/trace')
    await openText(page, [...HANDSHAKE, ...ANSWERED, finAcking(5000)])
    expect(await page.locator('.one h3 .verdict').innerText()).toBe('diverges')
    expect(await page.locator('tr.diverges th').allInnerTexts()).toEqual(['6'])
    const said = await page.locator('.one .notice').innerText()
    expect(said).toContain('Packet 6 is where the capture leaves the model: the server sends')
    expect(said).toMatch(/what it can acknowledge is \d+/)
    expect(await page.locator('.packets').innerText()).toContain('the client begins with 100, the server with 500')
    expect(said).toMatch(/The model would have allowed: .*\[F\.\]/)
    await picture(page, 'divergence-en.png')
    await page.getByRole('button', { name: '中文' }).click()
    await page.waitForFunction(() => document.querySelector('.one .notice')?.textContent?.includes('偏离模型'))
    expect(complaints).toEqual([])
  })

  test('the same capture with the right number: it conforms, and nothing is lit as wrong', async () => {
    const { page } = await open('#/trace')
    await openText(page, [...HANDSHAKE, ...ANSWERED, finAcking(111)])
    expect(await page.locator('.one h3 .verdict').innerText()).toBe('conforms')
    expect(await page.locator('tr.diverges, .one .notice').count()).toBe(0)
  })

  test('more connections than a page replays: it says so, and tells of all what all show', async () => {
    const { page, complaints } = await open('#/trace')
    await page.locator('input[type=file]').setInputFiles({ name: 'flood.pcap', mimeType: '', buffer: flood(50_010) })
    await page.waitForSelector('.left', { timeout: 120_000 })
    expect(await page.locator('.trace').innerText()).toContain('50,010 packets, 50,010 connections')
    expect(await page.locator('.left').innerText()).toContain(
      'Of 50,010 connections this page replays the first 50,000',
    )
    expect(await page.locator('.notice').allInnerTexts()).toContainEqual(expect.stringContaining('50010 SYNs'))
    await page.locator('.connections button').nth(3).click()
    await page.waitForSelector('.packets')
    expect(complaints).toEqual([])
  })

  test('a packetdrill script is read without compiling anything in the page', async () => {
    const { page, complaints } = await open('#/trace')
    const script =
      '0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n+0 bind(3, ..., ...) = 0\n+0 listen(3, 1) = 0\n+0 < S 0:0(0) win 1000\n+0 > S. 0:0(0) ack 1\n'
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'a.pkt', mimeType: 'text/plain', buffer: Buffer.from(script) })
    await page.waitForSelector('.packets')
    expect(await page.locator('.packets tbody tr').count()).toBe(2)
    expect(complaints).toEqual([])
  })
})

describePage('lessons', (open) => {
  test('a question is answered by the model, and the last page leads to the bench', async () => {
    const { page, complaints } = await open('#/lessons')
    await page.getByRole('button', { name: 'The ghost connection' }).click()
    await page.getByRole('button', { name: 'Next →' }).click()
    await page.locator('.question').getByLabel('SYN_RECV', { exact: true }).check()
    await page.getByRole('button', { name: 'Check' }).click()
    expect(await page.locator('.question output').innerText()).toContain('Right.')
    await page.locator('.question').getByLabel('ESTABLISHED', { exact: true }).check()
    await page.getByRole('button', { name: 'Check' }).click()
    expect(await page.locator('.question output').innerText()).toContain('Not so.')
    await page.getByRole('button', { name: 'Next →' }).click()
    expect(await page.locator('.ghost').count()).toBe(1)
    await page.getByRole('button', { name: 'Next →' }).click()
    await page.getByRole('button', { name: 'Go on by yourself on the bench' }).click()
    expect(await page.locator('.bench').count()).toBe(1)
    expect(complaints).toEqual([])
  })
})

describePage('languages', (open, browser) => {
  test('Chinese is loaded where it is read: sentences of the model too, and an English page has none of it', async () => {
    const { page, complaints } = await open('#/properties?w=accept-queue&property=Q1')
    const loaded = () => page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name))
    expect((await loaded()).filter((name) => name.endsWith('zh.js'))).toEqual([])
    await page.getByRole('button', { name: '中文' }).click()
    await page.waitForFunction(() => document.documentElement.lang === 'zh-CN')
    expect((await loaded()).filter((name) => name.endsWith('zh.js'))).toHaveLength(1)
    expect(await page.locator('.properties .side').innerText()).toContain('全连接队列里的连接从不超过 backlog + 1 个。')
    await page.keyboard.press('1')
    expect(await page.locator('.shows').innerText()).toContain('backlog 为 1 的监听套接字正好容纳 2 个连接')
    expect(await page.locator('.sysctls p').allTextContents()).toContain('1：RST 不能结束 TIME_WAIT')
    await page.keyboard.press('3')
    await page.locator('.drop button').click()
    await page.waitForSelector('.diagnosis')
    expect(await page.locator('.diagnosis .means').innerText()).toMatch(/^幽灵连接：/)
    expect(complaints).toEqual([])
  })

  test.each(['en', 'zh'] as const)('%s: before its script has run, the page says what it is for', async (language) => {
    const { url } = await open()
    const context = await browser().newContext({ locale: language === 'zh' ? 'zh-CN' : 'en-US' })
    const page = await context.newPage()
    await page.route('**/page.js', () => {}) // it never comes
    await page.goto(`${url}#/graph`, { waitUntil: 'commit' })
    await page.locator(`.first[lang="${language === 'zh' ? 'zh-CN' : 'en'}"] .lead`).waitFor()
    expect(await page.locator('.first:visible').count()).toBe(1)
    expect(await page.locator('.first:visible dt a').count()).toBe(5)
    await page.locator('.first:visible nav a').nth(4).click()
    expect(page.url()).toContain('#/lessons')
    await context.close()
  })
})

describePage('everywhere', (open, browser) => {
  const views = [
    ['bench', ghostHash],
    ['graph', '#/graph?w=accept-queue'],
    ['properties', '#/properties?w=accept-queue&property=Q1'],
    ['trace', '#/trace'],
    ['lessons', '#/lessons?w=ghost-connection&lesson=02-ghost-connection&page=1'],
  ] as const

  describe.each(['en', 'zh'] as const)('%s', (language) => {
    test.each(views)('%s: axe finds nothing in light and dark, the console is silent', async (view, hash) => {
      const theme = language === 'en' ? 'light' : 'dark'
      const { page, complaints } = await open(hash, { language, theme })
      if (view === 'trace') {
        await page.locator('.drop button').click()
        await page.waitForSelector('.packets')
      }
      if (view === 'graph')
        await page.waitForFunction(() => Number(document.querySelector('canvas')?.dataset.nodes) > 100)
      expect(await violations(page)).toEqual([])
      await picture(page, `${view}-${language}.png`)
      await page.keyboard.press('D')
      await page.waitForFunction((was) => document.documentElement.dataset.theme !== was, theme)
      expect(await violations(page)).toEqual([])
      expect(complaints).toEqual([])
    })
  })

  test('one file from disk is alive: it steps, explores and keeps its address', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'halfopen-page-'))
    const file = join(folder, 'halfopen.html')
    try {
      const html = await standalonePage()
      expect(Buffer.byteLength(html)).toBeLessThan(2_000_000)
      writeFileSync(file, html)
      const page = await (await browser().newContext({ locale: 'en-US' })).newPage()
      const complaints: string[] = []
      page.on('console', (m) => m.type() === 'error' && complaints.push(m.text()))
      await page.goto(`file://${file}#/graph?w=handshake`)
      await page.waitForFunction(() => document.querySelector('[data-count]')?.textContent?.includes('everything'))
      await page.keyboard.press('1')
      await page.locator('.events .take').first().click()
      expect(page.url()).toContain('p=1.client')
      expect(complaints).toEqual([])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('what is exported is a file: SVG, pcapng, the whole page', async () => {
    const { page } = await open(ghostHash)
    for (const [format, name] of [
      ['svg', 'ghost-connection.svg'],
      ['pcapng', 'ghost-connection.pcapng'],
      ['html', 'halfopen.html'],
      ['png', 'ghost-connection.png'],
    ] as const) {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.locator('select[name=export]').selectOption(format),
      ])
      expect(download.suggestedFilename()).toBe(name)
      expect(existsSync(await download.path())).toBe(true)
    }
  })
})
