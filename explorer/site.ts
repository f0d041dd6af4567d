/** `npm run site`: page, lessons and documentation as static files that any web server serves. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Marked } from 'marked'
import { builtFiles, root } from './server/build.ts'
import { openedWith } from './server/opening.ts'
import { indexPage } from './server/serve.ts'

const folder = join(root(), 'dist', 'site')

/** Whatever a page of the documentation holds is text: no element of its own gets through. */
const marked = new Marked({
  gfm: true,
  renderer: {
    html: ({ text }) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;'),
    link: ({ href, text }) => `<a href="${href.replace(/\.md(#|$)/, '.html$1').replaceAll('"', '%22')}">${text}</a>`,
  },
})

const around = (title: string, body: string): string =>
  [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${title}</title>`,
    '<link rel="stylesheet" href="../page.css">',
    '</head>',
    `<body><main class="document"><p><a href="../index.html">halfopen</a> · <a href="index.html">documentation</a></p>${body}</main></body>`,
    '</html>',
    '',
  ].join('\n')

rmSync(folder, { recursive: true, force: true })
mkdirSync(join(folder, 'docs', 'pictures'), { recursive: true })
for (const [name, text] of Object.entries(builtFiles())) writeFileSync(join(folder, name), text)
writeFileSync(join(folder, 'index.html'), indexPage(openedWith()))

const docs = join(root(), 'docs')
const pages = readdirSync(docs).filter((file) => file.endsWith('.md'))
const titles = pages.map((file) => {
  const text = readFileSync(join(docs, file), 'utf8')
  const title = /^# (.*)$/m.exec(text)?.[1] ?? file
  const name = file.replace(/\.md$/, '.html')
  writeFileSync(join(folder, 'docs', name), around(title, marked.parse(text, { async: false })))
  return { name, title }
})
const contents = titles.map(({ name, title }) => `<li><a href="${name}">${title}</a></li>`).join('\n')
writeFileSync(join(folder, 'docs', 'index.html'), around('Documentation', `<h1>Documentation</h1><ul>${contents}</ul>`))
const pictures = join(docs, 'pictures')
if (existsSync(pictures))
  for (const file of readdirSync(pictures)) copyFileSync(join(pictures, file), join(folder, 'docs', 'pictures', file))
process.stdout.write(`${folder}: the page, ${pages.length} documents\n`)
