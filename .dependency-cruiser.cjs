/** The house rules of CONTRIBUTING.md, "Who may import whom": folder → folders it may import besides itself. */
const may = {
  core: [],
  ir: ['core'],
  python: ['core'],
  formats: ['core', 'ir'],
  convert: ['core', 'ir', 'passes', 'python', 'formats', 'evaluate'],
  passes: ['core', 'ir'],
  evaluate: ['core'],
  graph: ['core'],
  library: ['core', 'formats', 'evaluate'],
  runtime: ['core'],
  ink: ['core'],
  workers: ['core', 'library'],
  'workers/forge': ['core', 'library', 'workers', 'formats', 'ir', 'passes', 'evaluate', 'convert'],
  'workers/inspect': ['core', 'workers', 'formats', 'ir', 'passes', 'evaluate', 'graph', 'python'],
  'workers/prepare': ['core', 'workers', 'formats', 'ir', 'passes'],
  'workers/runtime': ['core', 'library', 'workers', 'runtime'],
  state: ['core', 'library', 'ink', 'evaluate', 'graph', 'workers'],
  ui: ['core'],
  views: ['core', 'graph', 'state', 'ui', 'ink'],
  cli: ['core', 'ir', 'formats', 'convert', 'passes', 'evaluate', 'library', 'runtime', 'ink'],
};

const rules = Object.entries(may).map(([folder, allowed]) => ({
  name: `${folder.replace('/', '-')}-imports`,
  comment: `src/${folder} may import only: ${[folder, ...allowed].join(', ')}`,
  severity: 'error',
  from: {
    path: `^src/${folder}/`,
    pathNot: [
      '\\.test\\.ts$',
      ...Object.keys(may)
        .filter((other) => other.startsWith(`${folder}/`))
        .map((other) => `^src/${other}/`),
    ],
  },
  to: { path: '^src/', pathNot: [folder, ...allowed].map((name) => `^src/${name}/`) },
}));

module.exports = {
  forbidden: [
    ...rules,
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'library-types-only',
      comment: 'The library knows what others make, not how.',
      severity: 'error',
      from: { path: '^src/library/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/(formats|evaluate)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'convert-sees-types-of-formats-only',
      comment: 'Converting works on what was read; whoever reads hands in how.',
      severity: 'error',
      from: { path: '^src/convert/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/formats/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'state-sees-worker-apis-only',
      comment: 'State talks to workers through their api types and bridges, never to their insides.',
      severity: 'error',
      from: { path: '^src/(state|main)' },
      to: { path: '^src/workers/.*/worker\\.ts$', dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: 'specify',
    enhancedResolveOptions: { extensions: ['.ts', '.svelte', '.js', '.svelte.ts'] },
  },
};
