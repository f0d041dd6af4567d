/** What is measured, as a user meets it: each gives milliseconds. */
import { join } from 'node:path'
import type { Browser, CDPSession, Page } from 'playwright-core'
import { writeConnections } from '../../traces/bench/connections.ts'

export interface Measured {
  readonly times: readonly number[]
  /** CPU time of the page's thread, or with its workers, for one of the times. */
  readonly cpu: number
}

export type Measure = () => Promise<Measured>

/** CPU time of the page's own thread since it was made, in milliseconds. */
const threadTime = async (session: CDPSession): Promise<number> => {
  const { metrics } = await session.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000
}

/** CPU time of all threads of all pages, the workers among them. */
const processTime = async (browser: Browser): Promise<number> => {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  return processInfo.filter(({ type }) => /renderer/i.test(type)).reduce((sum, p) => sum + p.cpuTime * 1000, 0)
}

interface Use {
  /** Its workers count, too. */
  readonly works?: true
  /** Measured from here on: when the page has come, or else when its script has drawn it. */
  readonly until?: 'commit'
  /** What is not measured. */
  readonly prepare?: (page: Page) => Promise<unknown>
  readonly measure: (page: Page) => Promise<readonly number[]>
}

const opened = async (
  browser: Browser,
  address: string,
  { prepare, measure, works, until }: Use,
): Promise<Measured> => {
  const context = await browser.newContext({ viewport: { width: 1360, height: 900 }, locale: 'en-US' })
  try {
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    const time = () => (works ? processTime(browser) : threadTime(session))
    const atFirst = await time()
    await page.goto(address, { waitUntil: until ?? 'load' })
    if (until === undefined) await page.waitForSelector('main h2', { state: 'attached' })
    await prepare?.(page)
    const before = prepare === undefined ? atFirst : await time()
    const times = await measure(page)
    return { times, cpu: ((await time()) - before) / times.length }
  } finally {
    await context.close()
  }
}

/** In the page: until what was done is on the screen, that is, the frame after it is over. */
const NEXT_FRAME = `const nextFrame = () => new Promise((done) => requestAnimationFrame(() => {
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = done
  port2.postMessage(0)
}))`

/** The browser's own paint timing: what the page is for, with links to its views, is there before its script has run. */
export const firstPaint =
  (browser: Browser, url: string): Measure =>
  () =>
    opened(browser, `${url}#/bench`, {
      until: 'commit',
      measure: async (page) => [
        await page.evaluate<number>(`new Promise((done) => new PerformanceObserver((list) => {
        const found = list.getEntries().find(({ name }) => name === 'first-contentful-paint')
        if (found) done(found.startTime)
      }).observe({ type: 'paint', buffered: true }))`),
      ],
    })

/** From the beginning of the navigation until the events can be taken. */
export const benchUsable =
  (browser: Browser, url: string): Measure =>
  () =>
    opened(browser, `${url}#/bench`, {
      measure: async (page) => {
        await page.waitForSelector('.events .take')
        return [
          await page.evaluate<number>(`(async () => { ${NEXT_FRAME}; await nextFrame(); return performance.now() })()`),
        ]
      },
    })

/** Twenty of the first events that there are, in a world of three clients. */
export const stepShown =
  (browser: Browser, url: string): Measure =>
  () =>
    opened(browser, `${url}#/bench?w=ghost-connection&clients=3`, {
      prepare: async () => {},
      measure: (page) =>
        page.evaluate<number[]>(`(async () => {
        ${NEXT_FRAME}
        const times = []
        for (let i = 0; i < 20; i++) {
          const all = document.querySelectorAll('.events .take')
          const before = performance.now()
          all[i % all.length].click()
          await nextFrame()
          times.push(performance.now() - before)
        }
        return times
      })()`),
    })

const GRAPH = '#/graph?w=ghost-connection&n=10000'

/** In milliseconds: then something is wrong. */
const PATIENCE = 300_000

/** Looked at from within, frame by frame: every question from without would cost the page time of its own. */
const isStill = async (page: Page): Promise<void> => {
  const isThere = await page.evaluate<boolean>(`new Promise((done) => {
    const look = () => {
      const nodes = Number(document.querySelector('canvas')?.dataset.nodes)
      if (nodes >= 10000 && !document.querySelector('[data-exploring]')) done(true)
      else if (performance.now() > ${PATIENCE}) done(false)
      else requestAnimationFrame(look)
    }
    look()
  })`)
  if (!isThere) throw new Error('the graph is still not there after 5 minutes')
}

/** From the beginning of the navigation, exploring included. */
export const graphShows =
  (browser: Browser, url: string): Measure =>
  () =>
    opened(browser, url + GRAPH, {
      works: true,
      measure: async (page) => {
        await isStill(page)
        return [
          await page.evaluate<number>(`(async () => { ${NEXT_FRAME}; await nextFrame(); return performance.now() })()`),
        ]
      },
    })

/** Each move of a pointer that holds the picture. */
export const graphPans =
  (browser: Browser, url: string): Measure =>
  () =>
    opened(browser, url + GRAPH, {
      prepare: async (page) => {
        await isStill(page)
        await page.evaluate(`(() => {
          ${NEXT_FRAME}
          window.pans = []
          document.querySelector('canvas').addEventListener('pointermove', async () => {
            const before = performance.now()
            await nextFrame()
            window.pans.push(performance.now() - before)
          }, true)
        })()`)
        const box = (await page.locator('canvas').boundingBox())!
        await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
        await page.mouse.down()
        await page.evaluate('window.pans = []')
      },
      measure: async (page) => {
        const box = (await page.locator('canvas').boundingBox())!
        const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
        for (let i = 1; i <= 10; i++) await page.mouse.move(x + i * 12, y + i * 5)
        return page.evaluate<number[]>(`(async () => { ${NEXT_FRAME}; await nextFrame(); return window.pans })()`)
      },
    })

/** From the choice of the file to its summary, each of its connections replayed. */
export const captureOpens = (browser: Browser, url: string, folder: string): Measure => {
  const file = join(folder, 'connections.pcap')
  writeConnections(file, 20_000)
  return () =>
    opened(browser, `${url}#/trace`, {
      works: true,
      prepare: async () => {},
      measure: async (page) => {
        const before = performance.now()
        await page.locator('input[type=file]').setInputFiles(file)
        await page.waitForSelector('.connections', { timeout: 300_000 })
        return [performance.now() - before]
      },
    })
}
