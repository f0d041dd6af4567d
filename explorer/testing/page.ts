/** A real browser with the page in it. Where there is none, its tests are skipped, and say so. */
import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { openedWith, type Served, serve } from '../index.ts'
import { root } from '../server/build.ts'
import { CHROMIUM } from './chromium.ts'

const isBuilt = existsSync(join(root(), 'dist', 'explorer', 'page', 'page.js'))

const why =
  CHROMIUM === undefined
    ? 'no chromium is installed (apt-get install chromium)'
    : 'the page is not built (npm run bundle)'

export interface Opened {
  readonly page: Page
  readonly url: string
  /** What the console said that it should not have said. */
  readonly complaints: readonly string[]
}

export interface Look {
  readonly language?: 'en' | 'zh'
  readonly theme?: 'light' | 'dark'
  readonly touch?: true
}

export type Open = (hash?: string, look?: Look) => Promise<Opened>

/** Tests that open the page. */
export const describePage = (
  name: string,
  tests: (open: Open, browser: () => Browser) => void,
  more: Record<string, unknown> = {},
): void => {
  if (CHROMIUM === undefined || !isBuilt) {
    console.warn(`SKIPPED: ${name}: ${why}`)
    describe.skip(`${name} (${why})`, () => tests(unopened, () => undefined as never))
    return
  }
  describe(name, () => {
    let browser: Browser
    let served: Served
    beforeAll(async () => {
      served = await serve({ opened: openedWith(more) })
      browser = await chromium.launch({
        executablePath: CHROMIUM!,
        args: ['--no-sandbox', '--disable-gpu', '--force-color-profile=srgb'],
      })
    }, 60_000)
    afterAll(async () => {
      await browser?.close()
      await served?.close()
    }, 60_000)
    const open: Open = async (hash = '#/bench', { language = 'en', theme = 'light', touch } = {}) => {
      const context = await browser.newContext({
        viewport: { width: 1360, height: 900 },
        locale: language === 'zh' ? 'zh-CN' : 'en-US',
        colorScheme: theme,
        hasTouch: touch === true,
      })
      const page = await context.newPage()
      const complaints: string[] = []
      page.on('console', (m) => m.type() === 'error' && complaints.push(m.text()))
      page.on('pageerror', (e) => complaints.push(String(e)))
      page.on(
        'request',
        (r) => !/^(http:\/\/127\.0\.0\.1|data:|blob:)/.test(r.url()) && complaints.push(`asks for ${r.url()}`),
      )
      await page.goto(served.url + hash)
      await page.waitForSelector('main h2')
      return { page, url: served.url, complaints }
    }
    tests(open, () => browser)
  })
}

const unopened: Open = () => Promise.reject(new Error('skipped'))

/** Where pictures of the documentation are kept; made anew when HALFOPEN_PICTURES is set. */
export const picture = async (page: Page, name: string): Promise<void> => {
  const file = join(root(), 'docs', 'pictures', name)
  if (!process.env.HALFOPEN_PICTURES)
    return expect(existsSync(file), `${file}: make it with HALFOPEN_PICTURES=1`).toBe(true)
  mkdirSync(dirname(file), { recursive: true })
  await page.screenshot({ path: file })
}
