/** `halfopen mcp`: the same answers for an assistant, over stdio. The protocol's library is loaded only here. */
import { createRequire } from 'node:module'
import { Writable } from 'node:stream'
import type * as ServerModule from '@modelcontextprotocol/sdk/server/index.js'
import type * as StdioModule from '@modelcontextprotocol/sdk/server/stdio.js'
import type * as Types from '@modelcontextprotocol/sdk/types.js'
import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { UsageError } from '../error.ts'
import { exit } from '../exit.ts'
import { isInterrupted } from '../io.ts'
import { type Run, tools } from '../mcp/tools.ts'
import { version } from '../package.ts'

/** @param run the command line itself: each tool is a command of it */
export const addMcp = (program: Command, context: Context, run: Run): void => {
  program
    .command('mcp')
    .description('check, replay, explain and what-if as tools of an assistant, over standard input and output')
    .action(async () => {
      const { Server, StdioServerTransport, schemas } = library()
      const server = new Server({ name: 'halfopen', version: version() }, { capabilities: { tools: {} } })
      server.setRequestHandler(schemas.ListToolsRequestSchema, () => ({
        tools: tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema })),
      }))
      server.setRequestHandler(schemas.CallToolRequestSchema, async ({ params: { name, arguments: given = {} } }) => {
        const tool = tools.find((t) => t.name === name)
        if (tool === undefined) return failed(`there is no tool ${name}`)
        const { text, isError } = await tool.run(given, context.io.env, run)
        return isError ? failed(text) : { content: [{ type: 'text', text }] }
      })
      const ended = new Promise<void>((resolve) => {
        server.onclose = resolve
        process.stdin.on('end', resolve)
        const timer = setInterval(() => isInterrupted(context.io) && resolve(), 200)
        timer.unref()
      })
      await server.connect(new StdioServerTransport(process.stdin, writer(context)))
      await ended
      context.exit = exit.holds
    })
}

const failed = (text: string) => ({ content: [{ type: 'text' as const, text }], isError: true })

const library = () => {
  const load = createRequire(import.meta.url)
  try {
    const { Server } = load('@modelcontextprotocol/sdk/server/index.js') as typeof ServerModule
    const { StdioServerTransport } = load('@modelcontextprotocol/sdk/server/stdio.js') as typeof StdioModule
    const schemas = load('@modelcontextprotocol/sdk/types.js') as typeof Types
    return { Server, StdioServerTransport, schemas }
  } catch {
    const cause = '@modelcontextprotocol/sdk is not installed'
    throw new UsageError({ code: 'E_COMMAND', place: 'mcp', cause, remedy: 'npm install @modelcontextprotocol/sdk' })
  }
}

/** What the transport writes goes where every result goes. */
const writer = ({ io }: Context): Writable =>
  new Writable({
    write(chunk, _encoding, done) {
      io.out(String(chunk))
      done()
    },
  })
