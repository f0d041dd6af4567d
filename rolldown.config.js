import { readFileSync } from 'node:fs'
import peggy from 'peggy'

/** Scripts of packetdrill are read by a grammar that Node compiles when it is needed; a page may not compile code, so it gets the parser made. */
const parserAtBuild = {
  name: 'parser-at-build',
  resolveId: (id) => (id.startsWith('node:') || id === 'peggy' ? `\0without:${id}` : null),
  load(id) {
    if (id === '\0without:node:module') {
      const source = readFileSync('traces/readers/packetdrill/grammar.ts', 'utf8')
      const [, text] = /const GRAMMAR = String\.raw`([\s\S]*?)\n`\n/.exec(source)
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the grammar writes a backquote so
      const grammar = text.replaceAll("${'`'}", '`')
      const parser = peggy.generate(grammar, { output: 'source', format: 'es' })
      return `${parser}\nexport const createRequire = () => () => ({ generate: () => ({ parse: peg$parse }) })`
    }
    if (!id.startsWith('\0without:')) return null
    const missing = ['closeSync', 'openSync', 'readFileSync', 'readSync', 'statSync']
    return `const none = () => { throw new Error('a page has no files') }\n${missing.map((n) => `export const ${n} = none`).join('\n')}`
  },
}

const browser = (input, output) => ({
  input,
  output: { minify: true, comments: { annotation: false }, ...output },
  platform: 'browser',
  plugins: [parserAtBuild],
  // Nothing of ours does anything by being loaded but the page itself.
  treeshake: {
    moduleSideEffects: [{ test: /\/(model|checker|properties|traces)\/[^/]/, external: false, sideEffects: false }],
  },
  tsconfig: false,
  transform: { jsx: { runtime: 'automatic', importSource: 'preact' }, define: { 'import.meta.url': '""' } },
})

/**
 * The program as two files: what starts it, and the program itself, which is compiled before it is used (`cli/compiled.ts`);
 * and the page: the script in its head, the Chinese words, page and workers as one script for the page that is one file, and
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
    { dir: 'dist/explorer/page', cleanDir: true, format: 'esm', chunkFileNames: 'shared-[name].js' },
  ),
  ...['whole', 'zh'].map((name) =>
    browser(`explorer/${name}.ts`, { file: `dist/explorer/page/${name}.js`, format: 'iife' }),
  ),
  browser('explorer/start.ts', { file: 'dist/explorer/start.js', format: 'iife' }),
]
