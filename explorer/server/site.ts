/** Page, lessons and documentation as static files that any web server serves, at any path. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Marked } from 'marked'
import { built, root } from './build.ts'
import { indexPage, pagePolicy, policyTag, policyWith } from './index-page.ts'
import { openedWith } from './opening.ts'

const attribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')

/** Of the documents that there are; a link to what the site has not, like a file of the source, is its text. */
const markedFor = (pages: ReadonlySet<string>) =>
  new Marked({
    gfm: true,
    renderer: {
      // Whatever a page of the documentation holds is text: no element of its own gets through.
      html: ({ text }) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;'),
      link({ href, tokens }) {
        const text = this.parser.parseInline(tokens)
        const [file = '', anchor] = href.split('#')
        if (/^https?:/.test(href) || (file === '' && anchor)) return `<a href="${attribute(href)}">${text}</a>`
        if (!pages.has(file)) return text
        const page = file.replace(/\.md$/, '.html')
        return `<a href="${attribute(anchor === undefined ? page : `${page}#${anchor}`)}">${text}</a>`
      },
    },
  })

const around = (title: string, body: string): string =>
  [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    policyTag(policyWith()),
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${title}</title>`,
    '<link rel="stylesheet" href="../page.css">',
    '<link rel="icon" href="data:,">',
    '</head>',
    `<body><main class="document"><p><a href="../index.html">halfopen</a> · <a href="index.html">documentation</a></p>${body}</main></body>`,
    '</html>',
    '',
  ].join('\n')

/** @returns how many documents there are */
export const writeSite = (folder: string): number => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'docs', 'pictures'), { recursive: true })
  for (const [name, text] of built().served) writeFileSync(join(folder, name), text)
  writeFileSync(join(folder, 'index.html'), indexPage(openedWith({ docs: 'docs/index.html' }), policyTag(pagePolicy())))

  const docs = join(root(), 'docs')
  const pages = readdirSync(docs).filter((file) => file.endsWith('.md'))
  const marked = markedFor(new Set(pages))
  const titles = pages.map((file) => {
    const text = readFileSync(join(docs, file), 'utf8')
    const title = /^# (.*)$/m.exec(text)?.[1] ?? file
    const name = file.replace(/\.md$/, '.html')
    writeFileSync(join(folder, 'docs', name), around(attribute(title), marked.parse(text, { async: false })))
    return `<li><a href="${name}">${attribute(title)}</a></li>`
  })
  const contents = around('Documentation', `<h1>Documentation</h1><ul>${titles.join('\n')}</ul>`)
  writeFileSync(join(folder, 'docs', 'index.html'), contents)
  const pictures = join(docs, 'pictures')
  if (existsSync(pictures))
    for (const file of readdirSync(pictures)) copyFileSync(join(pictures, file), join(folder, 'docs', 'pictures', file))
  return pages.length
}
