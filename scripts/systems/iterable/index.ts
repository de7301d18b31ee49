import { defineSystem } from '../kit/index.ts';
import { defaultSyncs } from './default-syncs.ts';
import { recordPages } from './record-page.ts';
import { hosts, iterableSettings } from './settings.ts';
import { createTarget } from './target.ts';

export { defaultSyncs } from './default-syncs.ts';

/** Iterable: users are written, in bulk; nothing is read from it but what a dry run compares with. */
export const iterable = defineSystem({
  slug: 'iterable',
  label: 'Iterable',
  settings: iterableSettings,
  secrets: [
    {
      name: 'apiKey',
      label: 'API key',
      whereFrom: 'In Iterable, Integrations, API Keys: make a server-side key of the project.',
    },
  ],
  baseUrl: ({ region }) => hosts[region],
  connect: (context) => ({ target: createTarget(context), recordPage: recordPages(context) }),
  defaultSyncs,
});
