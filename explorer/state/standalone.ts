/** The page as one HTML file. Its policy lets it run nothing but its own script, which is its worker, too, and load nothing. */
export interface Pieces {
  readonly page: string
  /** The words of each language, scripts that come before it. */
  readonly words: Readonly<Record<'en' | 'zh', string>>
  readonly style: string
  /** What it opens with. */
  readonly opened: unknown
}

/** Nothing within may end the element that holds it. */
const held = (code: string): string => code.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--')

const digest = async (text: string): Promise<string> => {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return `'sha256-${btoa(String.fromCharCode(...bytes))}'`
}

export const standalone = async ({ page, words, style, opened }: Pieces): Promise<string> => {
  const [script, en, zh, css] = [held(page), held(words.en), held(words.zh), style.replaceAll('</style', '<\\/style')]
  const policy = [
    "default-src 'none'",
    `script-src ${(await Promise.all([script, en, zh].map(digest))).join(' ')} blob:`,
    `style-src ${await digest(css)}`,
    'worker-src blob:',
    'img-src data: blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<title>halfopen</title>',
    `<style id="style">${css}</style>`,
    '</head>',
    '<body>',
    '<div id="app"></div>',
    `<script type="application/json" id="opened">${JSON.stringify(opened).replaceAll('<', '\\u003c')}</script>`,
    `<script id="en">${en}</script>`,
    `<script id="zh">${zh}</script>`,
    `<script id="page">${script}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n')
}
