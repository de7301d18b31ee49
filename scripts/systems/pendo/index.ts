import { defineSystem } from '../kit/index.ts';
import { connect } from './connect.ts';
import { defaultSyncs } from './default-syncs.ts';
import { hosts, pendoSettings } from './settings.ts';
import { syncProblems } from './sync-rules.ts';
import { fieldPrefix } from './write-limits.ts';

export { defaultSyncs } from './default-syncs.ts';

/** Pendo: metadata of accounts and visitors is written, columns of reports are read. */
export const pendo = defineSystem({
  slug: 'pendo',
  label: 'Pendo',
  settings: pendoSettings,
  secrets: [
    {
      name: 'integrationKey',
      label: 'integration key',
      whereFrom:
        'In Pendo, Settings, Integrations, Integration keys: an admin makes one with write access. It is part of Pendo Pro and the plans above.',
    },
  ],
  baseUrl: ({ region }) => hosts[region],
  connect,
  syncProblems,
  orgFields: {
    prefix: fieldPrefix,
    refusal: (path) =>
      path === 'accountId' || path === 'visitorId'
        ? `${path} tells which record is meant; it can be the key of a sync, and fill the key field by the key helper.`
        : undefined,
  },
  beforehand: [
    'Begin with accounts: their match is checked at once, and most of what Pendo knows is about them.',
    'Contacts often hold duplicates: of several with one key only the first is synced. Look at the match before going live.',
    'Pendo maps its accounts to one Salesforce object, and its visitors to one; either may be left out.',
  ],
  freshness:
    'Pulled values show at once on the page of an account or visitor in Pendo, and within an hour in its lists and reports.',
  defaultSyncs,
});
