/** The house of the README as rules: arrows run one way only. */
const mayNot = (from, to, comment) => ({
  name: `${from}-does-not-know-${to.replace(/\W+/g, '-')}`,
  severity: 'error',
  comment,
  from: { path: `^${from}(/|$)`, pathNot: '\\.test\\.ts$' },
  to: { path: `^(${to})/` },
})

/** The rooms of `traces/`, each above those that it may ask; what a capture is stands below them all. */
const rooms = ['capture.ts', 'readers', 'replay', 'settings', 'diagnosis', 'listener', 'evidence', 'remedy']

module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-circles-in-model',
      severity: 'error',
      comment: 'types that two files share stand in a file of their own',
      from: { path: '^model/' },
      to: { circular: true },
    },
    mayNot('model', 'checker|properties|traces|cli|explorer', 'what can happen is nobody else’s business'),
    mayNot('checker', 'model|properties|traces|cli|explorer', 'the checker knows no TCP'),
    mayNot('properties', 'traces|cli|explorer', 'what must hold does not depend on what did happen'),
    mayNot('traces', 'cli|explorer', 'wording and exit codes live in the command line'),
    mayNot('explorer', 'cli', 'the page does not know the command line'),
    ...rooms.slice(0, -1).map((room, i) => {
      const above = rooms.slice(i + 1).map((other) => `traces/${other}`)
      return mayNot(`traces/${room}`, above.join('|'), 'no circles between the rooms of traces')
    }),
    ...['packets', 'actors', 'search'].map((room, i, below) => {
      const above = [...below.slice(i + 1), 'readings'].map((other) => `traces/replay/${other}`)
      return mayNot(`traces/replay/${room}`, above.join('|'), 'packets, then the ends that send them, then the search')
    }),
    mayNot('traces/replay/readings', 'traces/replay/(actors|search)', 'a reading is made of packets alone'),
    {
      name: 'runs-in-a-browser',
      severity: 'error',
      comment: 'model, checker, properties, replay and the writers run in a page: nothing of Node',
      from: {
        path: '^(model|checker|properties|traces/(replay|remedy|diagnosis|listener|settings|writers)|explorer/(page|worker|state|words|lessons|made))/',
        pathNot: '\\.test\\.ts$|/testing/|^checker/bench/',
      },
      to: { dependencyTypes: ['core'] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
}
