/** The page around its files: what can be read before its script has run, and what the script opens with. */
import { createHash } from 'node:crypto'
import { views } from '../state/spec.ts'
import { type FirstWords, firstWords } from '../words/first.ts'
import { built } from './build.ts'

/** What a page of ours may do: run and show what its own server has, and load nothing from elsewhere. */
export const policyWith = (scripts = ''): string =>
  [
    "default-src 'none'",
    `script-src 'self'${scripts}`,
    "style-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "img-src 'self' data: blob:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

/** That of the page, which has one script in its head. */
export const pagePolicy = (): string => {
  const digest = createHash('sha256').update(built().start).digest('base64')
  return policyWith(` 'sha256-${digest}'`)
}

/** A server of static files sends no policy of ours: a page brings it along, but for what only a header can say. */
export const policyTag = (policy: string): string =>
  `<meta http-equiv="Content-Security-Policy" content="${policy.replace(/; frame-ancestors [^;]*/, '')}">`

const text = (plain: string): string => plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** Links work before the script has run: an address says what the page shows. */
const first = ({ lang, title, views: names, lead, shows, coming, noScript }: FirstWords): string => {
  const links = views.map((v) => `<a href="#/${v}">${text(names[v])}</a>`)
  const said = views.map((v, i) => `<dt>${links[i]}</dt><dd>${text(shows[v])}</dd>`)
  return [
    `<div class="first" lang="${lang}">`,
    '<header class="head">',
    '<h1 class="brand">half<span>open</span></h1>',
    `<nav aria-label="${text(title)}">${links.join('')}</nav>`,
    '</header>',
    `<main><p class="lead">${text(lead)}</p><dl>${said.join('')}</dl>`,
    `<p class="quiet coming" role="status">${text(coming)}</p><noscript><p>${text(noScript)}</p></noscript></main>`,
    '</div>',
  ].join('')
}

/** @param head more of its head: the policy, where no header brings it */
export const indexPage = (opened: unknown, head = ''): string =>
  [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    head,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<title>halfopen</title>',
    `<script>${built().start}</script>`,
    '<link rel="stylesheet" href="page.css">',
    '<link rel="icon" href="data:,">',
    '<script type="module" src="page.js"></script>',
    '</head>',
    '<body>',
    `<div id="app">${firstWords.map(first).join('')}</div>`,
    `<script type="application/json" id="opened">${JSON.stringify(opened ?? {}).replaceAll('<', '\\u003c')}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n')
