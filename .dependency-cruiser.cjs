/** Who may import whom (HANDBOOK.md, "Layout"). A folder of `scripts` and `local` is entered by its index alone. */
const parts = ['salesforce', 'systems', 'control', 'store', 'telemetry'];

const folders = [
  ...[
    'engine',
    'mapping',
    'store',
    'salesforce',
    'salesforce/stream',
    'control',
    'http',
    'telemetry',
    'systems/kit',
    'systems/iterable',
  ].map((name) => `scripts/${name}`),
  ...['org/core', 'org/pubsub', 'systems/kit', 'systems/iterable', 'systems/pendo'].map((name) => `local/${name}`),
  ...['checks', 'target'].map((name) => `conformance/${name}`),
];

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'mapping-stands-alone',
      severity: 'error',
      from: { path: '^scripts/mapping/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(scripts|local)/', pathNot: '^scripts/mapping/' },
    },
    {
      name: 'engine-is-pure',
      severity: 'error',
      comment: 'The engine does no I/O: it imports mapping and node:crypto for hashes, nothing else.',
      from: { path: '^scripts/engine/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^(scripts/engine/|scripts/mapping/|node:crypto$|crypto$)' },
    },
    {
      name: 'kit-imports-engine',
      severity: 'error',
      from: { path: '^scripts/systems/kit/', pathNot: '\\.test\\.ts$' },
      to: { path: '^scripts/', pathNot: '^scripts/(systems/kit|engine|http|mapping)/' },
    },
    {
      name: 'http-imports-engine',
      severity: 'error',
      from: { path: '^scripts/http/', pathNot: '\\.test\\.ts$' },
      to: { path: '^scripts/', pathNot: '^scripts/(http|engine)/' },
    },
    ...parts.map((part) => ({
      name: `${part}-implements-ports`,
      severity: 'error',
      comment: 'Adapters implement the ports of the engine and never import each other.',
      from: { path: `^scripts/${part}/`, pathNot: '\\.test\\.ts$|^scripts/systems/kit/' },
      to: { path: '^scripts/', pathNot: `^scripts/(${part}|engine|mapping|http)/` },
    })),
    {
      name: 'systems-stay-apart',
      severity: 'error',
      from: { path: '^scripts/systems/([^/]+)/' },
      to: { path: '^scripts/systems/([^/]+)/', pathNot: '^scripts/systems/($1|kit)/' },
    },
    {
      name: 'jsforce-in-salesforce-alone',
      severity: 'error',
      from: { path: '^scripts/', pathNot: '^scripts/salesforce/' },
      to: { path: 'node_modules/jsforce' },
    },
    {
      name: 'local-is-a-judge',
      severity: 'error',
      comment: 'A mistake shared with scripts would hide.',
      from: { path: '^local/' },
      to: { path: '^scripts/' },
    },
    {
      name: 'scripts-do-not-lean-on-local',
      severity: 'error',
      from: { path: '^scripts/', pathNot: '\\.test\\.ts$|/test-[^/]+\\.ts$|^scripts/front-door/' },
      to: { path: '^local/' },
    },
    {
      name: 'conformance-knows-an-org-by-http-alone',
      severity: 'error',
      comment: 'Only a target may start the local org; the checks must run against any org.',
      from: { path: '^conformance/', pathNot: '^conformance/target/' },
      to: { path: '^(scripts|local|bench)/' },
    },
    ...folders.map((folder) => ({
      name: `${folder}-is-entered-by-its-index`,
      severity: 'error',
      from: { path: '^(scripts|local|bench|conformance)/', pathNot: `^${folder}/|\\.test\\.ts$` },
      to: {
        path: `^${folder}/.+`,
        pathNot: `^${folder}/index\\.ts$|^${folder}/testing/|^scripts/salesforce/stream/index\\.ts$`,
      },
    })),
    { name: 'no-orphan-types', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'],
    },
    // What a browser imports is named by the import map of its page.
    exclude: { path: '^(build|\\.results|local/org/shell/client)/' },
  },
};
