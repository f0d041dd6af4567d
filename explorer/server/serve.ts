/**
 * Serves the page to this machine alone: only its own files, only to requests that name this host, under a policy that lets
 * the page load nothing from elsewhere.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { built } from './build.ts'
import { indexPage, pagePolicy } from './index-page.ts'

export interface ServeOptions {
  /** 0: any that is free. */
  readonly port?: number
  readonly host?: string
  /** What the page opens with; plain data. */
  readonly opened?: unknown
  /** A capture to open, served as `capture`. */
  readonly capture?: Uint8Array
}

export interface Served {
  readonly url: string
  readonly close: () => Promise<void>
}

const HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-store',
}

interface Content {
  readonly type: string
  readonly body: string | Uint8Array
}

const typeOf = (name: string): string => `${name.endsWith('.css') ? 'text/css' : 'text/javascript'}; charset=utf-8`

const contentsOf = ({ opened, capture }: ServeOptions): ReadonlyMap<string, Content> => {
  return new Map<string, Content>([
    ['/', { type: 'text/html; charset=utf-8', body: indexPage(opened) }],
    ...[...built().served].map(([name, body]) => [`/${name}`, { type: typeOf(name), body }] as const),
    ...(capture ? ([['/capture', { type: 'application/octet-stream', body: capture }]] as const) : []),
  ])
}

/** @throws Error where the port is taken, or the page is not built */
export const serve = async (options: ServeOptions = {}): Promise<Served> => {
  const { port = 0, host = '127.0.0.1' } = options
  const contents = contentsOf(options)
  const headers = { ...HEADERS, 'Content-Security-Policy': pagePolicy() }
  const server = createServer((request, response) => answer(request, response, { contents, headers, host }))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const at = (server.address() as AddressInfo).port
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${at}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** A page elsewhere that had its name resolved to this machine would name itself here. */
const isOurs = (header: string | undefined, host: string, port: number | undefined): boolean =>
  [host, '127.0.0.1', 'localhost', '[::1]', `[${host}]`].some((name) => header === `${name}:${port}`)

interface Has {
  readonly contents: ReadonlyMap<string, Content>
  readonly headers: Readonly<Record<string, string>>
  readonly host: string
}

const answer = (request: IncomingMessage, response: ServerResponse, { contents, headers, host }: Has): void => {
  const refuse = (code: number, text: string): void => {
    response.writeHead(code, { ...headers, 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`)
  }
  const content = contents.get((request.url ?? '').split('?')[0]!) // exactly the names that there are: no path is looked up
  if (!isOurs(request.headers.host, host, request.socket.localPort))
    refuse(421, 'this server answers only to its own address')
  else if (request.method !== 'GET' && request.method !== 'HEAD') refuse(405, 'only GET')
  else if (content === undefined) refuse(404, 'there is no such page')
  else {
    response.writeHead(200, { ...headers, 'Content-Type': content.type })
    response.end(request.method === 'HEAD' ? undefined : content.body)
  }
}
