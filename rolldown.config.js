import { existsSync, readFileSync } from 'node:fs'
import peggy from 'peggy'

const read = (file) => readFileSync(file, 'utf8')

const GRAMMAR = /const GRAMMAR = String\.raw`([\s\S]*?)\n`\n/

/** What a parser of peggy says of an error in words of its own: ours are made of what it expected (`grammar.ts`). */
const withoutWording = (parser) => {
  const [begin, end] = ['  format(sources) {', '\nfunction peg$parse(']
  if (!parser.includes(begin) || !parser.includes(end))
    throw new Error('peggy writes its errors otherwise: see rolldown.config.js')
  return `${parser.slice(0, parser.indexOf(begin))}  static buildMessage() {}\n}\n${parser.slice(parser.indexOf(end))}`
}

/** Scripts of packetdrill are read by a grammar that Node compiles when it is needed; a page may not compile code, so it gets the parser made. */
const parserAtBuild = {
  name: 'parser-at-build',
  resolveId: (id) => (id.startsWith('node:') || id === 'peggy' ? `\0without:${id}` : null),
  load(id) {
    if (id === '\0without:node:module') {
      const [, text] = GRAMMAR.exec(read('traces/readers/packetdrill/grammar.ts'))
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the grammar writes a backquote so
      const grammar = text.replaceAll("${'`'}", '`')
      const parser = withoutWording(peggy.generate(grammar, { output: 'source', format: 'es' }))
      return `${parser}\nexport const createRequire = () => () => ({ generate: () => ({ parse: peg$parse }) })`
    }
    if (id.endsWith('/packetdrill/grammar.ts')) return read(id).replace(GRAMMAR, "const GRAMMAR = ''\n")
    if (!id.startsWith('\0without:')) return null
    const missing = ['closeSync', 'openSync', 'readFileSync', 'readSync', 'statSync']
    return `const none = () => { throw new Error('a page has no files') }\n${missing.map((n) => `export const ${n} = none`).join('\n')}`
  },
}

const withoutText = (source, key) =>
  source.replace(new RegExp(`(${key}):(\\s+)('(?:[^'\\\\\n]|\\\\.)*'|"(?:[^"\\\\\n]|\\\\.)*"),`, 'g'), "$1:$2'',")

/** A file of the model or the properties without what it says in sentences that a page does not show; null: it has none. */
const withoutSentences = (id) => {
  if (/\/properties\/(families|scenarios)\//.test(id)) return withoutText(read(id), '\\b(?:sentence|shows)')
  if (/\/model\/(sysctls|profile)\//.test(id)) return withoutText(read(id), '\\bmeans')
  if (/\/model\/counters\.ts$/.test(id)) return withoutText(read(id), '\\b[A-Z]\\w+')
  return null
}

/** The table of kernels as what comes of it: how each differs from the newest. A page says nothing of fields and releases. */
const dialects = async () => {
  const { profiles } = await import(new URL('dist/model/profile/index.js', import.meta.url))
  const newest = profiles['linux-6.18'].dialect
  const isOther = ([field, value]) => value !== newest[field]
  const others = Object.fromEntries(
    Object.entries(profiles).map(([name, { dialect }]) => [
      name,
      Object.fromEntries(Object.entries(dialect).filter(isOther)),
    ]),
  )
  return `
    const newest = ${JSON.stringify(newest)}
    const others = ${JSON.stringify(others)}
    const of = (name) => ({ ...newest, ...others[name] })
    export const linuxDialect = (release) => of('linux-' + release)
    export const rfc9293Dialect = of('rfc9293')
    export const freebsd14Dialect = of('freebsd-14')
    export const dialectFields = Object.keys(newest)
    export const [dialectTable, dialectGroups, says] = []`
}

/**
 * What is computed of the model when the page is built, and is data in the page: `explorer/made/`. Sentences of the model are
 * among it: they come with the other words of a language, and the code has them no second time.
 */
const madeAtBuild = {
  name: 'made-at-build',
  async load(id) {
    const [, name] = /\/explorer\/made\/([\w-]+)\.ts$/.exec(id) ?? []
    if (name !== undefined) {
      const { made } = await import(new URL(`dist/explorer/made/${name}.js`, import.meta.url))
      return `export const made = ${JSON.stringify(made)}`
    }
    if (/\/model\/profile\/dialect\.ts$/.test(id)) return dialects()
    return existsSync(id) ? withoutSentences(id) : null
  },
}

const browser = (input, output) => ({
  input,
  output: { minify: true, comments: { annotation: false }, ...output },
  platform: 'browser',
  plugins: [parserAtBuild, madeAtBuild],
  // Nothing of ours does anything by being loaded but the page itself.
  treeshake: {
    moduleSideEffects: [{ test: /\/(model|checker|properties|traces)\/[^/]/, external: false, sideEffects: false }],
  },
  tsconfig: false,
  transform: { jsx: { runtime: 'automatic', importSource: 'preact' }, define: { 'import.meta.url': '""' } },
})

/**
 * The program as two files: what starts it, and the program itself, which is compiled before it is used (`cli/compiled.ts`);
 * and the page: the script in its head, the words of each language, page and workers as one script for the page that is one file, and
 * page and workers apart, with what several need in files of their own.
 */
export default [
  { input: 'dist/cli/main.js', output: { file: 'dist/bin/main.js', format: 'esm' }, platform: 'node' },
  {
    input: 'dist/cli/program.js',
    output: { file: 'dist/bin/program.cjs', format: 'cjs', codeSplitting: false },
    platform: 'node',
    external: ['bullmq', 'koffi', /^@modelcontextprotocol/],
  },
  browser(
    {
      page: 'explorer/page.ts',
      ...Object.fromEntries(
        ['graph', 'search', 'capture'].map((n) => [`${n}-worker`, `explorer/worker/${n}-worker.ts`]),
      ),
    },
    {
      dir: 'dist/explorer/page',
      cleanDir: true,
      format: 'esm',
      chunkFileNames: 'shared-[name].js',
      codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: 'model', minShareCount: 3 }] },
    },
  ),
  ...['whole', 'en', 'zh'].map((name) =>
    browser(`explorer/${name}.ts`, { file: `dist/explorer/page/${name}.js`, format: 'iife' }),
  ),
  browser('explorer/start.ts', { file: 'dist/explorer/start.js', format: 'iife' }),
]
