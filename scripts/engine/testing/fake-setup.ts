import type { Setup, SyncConfiguration } from '../index.ts';

/** The surroundings of a worker in memory: its one secret is there, nothing is lacking. */
export function fakeSetup(defaultSyncs: readonly SyncConfiguration[] = []): Setup {
  return {
    org: async () => ({ id: 'org', sandbox: true, user: 'worker@example.com' }),
    secrets: async ({ name }) => [{ connection: name, present: true, variable: `PLUMBLINE_${name.toUpperCase()}_KEY` }],
    proposeFields: async (_connection, { object, columns: { fields } }) => ({
      ...{ systemLabel: 'Fake', object, others: [] },
      proposals: [...fields.values()].map(({ path, label }) => ({
        ...{ source: path, sourceLabel: label, target: `Own_${path}__c`, label, help: label, exists: false },
        shape: { type: 'Text', length: 255 },
      })),
    }),
    fieldPackage: ({ object }, { user }) => ({ files: { 'package.xml': object }, note: `For ${user}` }),
    masked: (_connection, text) => text.replaceAll('secret', '***'),
    systems: (connection) => [
      {
        ...{
          name: 'fake',
          label: 'Fake',
          settings: [
            { name: 'region', label: 'Data centre', options: [{ value: 'us', label: 'United States' }], value: 'us' },
          ],
          beforehand: ['Begin with few.'],
        },
        syncs: defaultSyncs.map((sync) => ({ ...sync, connection: connection ?? 'fake' })),
      },
    ],
    defaultSyncs: () => defaultSyncs,
    rights: async () => ({ userId: '005', userName: 'worker@example.com', missing: [] }),
  };
}
