/** The page as one file that opens from disk: the same code and data, with what is shown now. */

import { addressText } from '../../state/spec.ts'
import { standalone } from '../../state/standalone.ts'
import { opened } from '../opened.ts'
import { address } from '../store.ts'
import { download } from './download.ts'

const textOf = async (id: string, url: string): Promise<string> =>
  document.getElementById(id)?.textContent || (await fetch(url)).text()

export const saveWhole = async (): Promise<void> => {
  const [page, en, zh, style] = await Promise.all([
    textOf('page', 'whole.js'),
    textOf('en', 'en.js'),
    textOf('zh', 'zh.js'),
    textOf('style', 'page.css'),
  ])
  const { capture: _, docs: __, ...rest } = opened // neither is beside a file on a disk
  const html = await standalone({
    page,
    words: { en, zh },
    style,
    opened: { ...rest, hash: addressText(address.value) },
  })
  download('halfopen.html', html, 'text/html')
}
