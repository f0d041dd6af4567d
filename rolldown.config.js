/** The program as two files: what starts it, and the program itself, which is compiled before it is used (`cli/compiled.ts`). */
export default [
  { input: 'dist/cli/main.js', output: { file: 'dist/bin/main.js', format: 'esm' }, platform: 'node' },
  {
    input: 'dist/cli/program.js',
    output: { file: 'dist/bin/program.cjs', format: 'cjs' },
    platform: 'node',
    external: ['bullmq'],
  },
]
