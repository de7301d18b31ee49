import { draftOf, readActiveVersion, readDraftRows } from '../control/index.ts';
import { PlumblineError, SettingsError, type Configuration } from '../engine/index.ts';
import type { OpenOrg } from './compose.ts';
import { adviceOf } from './advice.ts';
import type { Environment } from './secrets.ts';
import { connectSystem } from './systems.ts';

export interface CheckResult {
  readonly what: string;
  readonly ok: boolean;
  readonly found: string;
  readonly actions: readonly string[];
}

/** Objects of the package, each with a field that the worker cannot do without. */
const packageFields: readonly (readonly [object: string, field: string])[] = [
  ['Plumbline_Connection__c', 'Unique_Name__c'],
  ['Plumbline_Sync__c', 'Paused__c'],
  ['Plumbline_Field_Mapping__c', 'Target__c'],
  ['Plumbline_Version__c', 'Content__c'],
  ['Plumbline_Run__c', 'Read__c'],
  ['Plumbline_Issue__c', 'Reason__c'],
  ['Plumbline_Exclusion__c', 'Record_Id__c'],
  ['Plumbline_Command__c', 'Answer__c'],
  ['Plumbline_Worker__c', 'Store_Id__c'],
];

/** Checks an org from the login to the vendors; each check says what it found, and a failed one what to do. */
export async function checkOrg(org: OpenOrg, environment: Environment): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  const check = async (what: string, look: () => Promise<string>): Promise<boolean> => {
    try {
      results.push({ what, ok: true, found: await look(), actions: [] });
      return true;
    } catch (error) {
      if (!(error instanceof PlumblineError)) throw error;
      results.push({ what, ok: false, found: error.message, actions: error.actions });
      return false;
    }
  };

  const loggedIn = await check('Login', async () => {
    const { username, orgId } = await org.records.identity();
    return `${username} in org ${orgId}`;
  });
  if (!loggedIn) return results;
  const packageThere = await check('Package', async () => {
    const lacking: string[] = [];
    for (const [object, field] of packageFields) {
      const { fields } = await org.records.describe(object);
      if (!fields.has(field)) lacking.push(`${object}.${field}`);
    }
    if (lacking.length === 0) return `${packageFields.length} objects`;
    throw new SettingsError(`This user is not shown ${lacking.join(', ')}.`, [
      'Deploy the package: sf project deploy start.',
      'Assign the permission set Plumbline Integration User.',
    ]);
  });
  if (!packageThere) return results;
  await check('API calls', async () => {
    const daily = (await org.records.limits()).get('DailyApiRequests');
    return daily === undefined
      ? 'the org does not say'
      : `${daily.remaining.toLocaleString('en')} of ${daily.max.toLocaleString('en')} left today`;
  });
  await check('Draft', async () => `${draftOf(await readDraftRows(org.records)).syncs.length} syncs`);
  let configuration: Configuration | undefined;
  await check('Active version', async () => {
    const active = await readActiveVersion(org.records);
    configuration = active?.configuration;
    return active === undefined
      ? 'none yet'
      : `${active.configuration.syncs.length} syncs, ${active.hash.slice(0, 12)}`;
  });
  for (const sync of configuration?.syncs ?? []) {
    await check(`Rights of ${sync.name}`, () => readableFields(org, sync));
  }
  const runs = configuration;
  await check('Advice', async () => {
    const lines = (await adviceOf(org, draftOf(await readDraftRows(org.records)), runs)).map(
      ({ sync, place, advice }) => `${sync}: ${place}: ${advice}`,
    );
    return lines.length === 0 ? 'nothing about these mappings will surprise' : lines.join(' ');
  });
  for (const connection of configuration?.connections ?? []) {
    await check(`Connection ${connection.name}`, async () => {
      const { orgId } = await org.records.identity();
      const { target } = connectSystem(connection, orgId, environment, {
        transport: org.transport,
        clock: org.clock,
        random: Math.random,
      });
      return target === undefined ? 'read only' : (await target.check()).account;
    });
  }
  return results;
}

/** K-08: a field that the user cannot read is missing from its describe, and would load as empty without a word. */
async function readableFields(org: OpenOrg, sync: Configuration['syncs'][number]): Promise<string> {
  if (sync.direction !== 'salesforceToSystem') return 'nothing is read from Salesforce';
  const paths = [...new Set([sync.key.source, ...sync.mappings.map((mapping) => mapping.source)])];
  const { fields } = await org.records.describe(sync.salesforceObject, paths);
  const known = new Set([...fields.keys()].map((path) => path.toLowerCase()));
  const missing = paths.filter((path) => !known.has(path.toLowerCase()));
  if (missing.length > 0) {
    throw new SettingsError(
      `This user cannot read ${missing.map((path) => `${sync.salesforceObject}.${path}`).join(', ')}.`,
      ['Give it read access to these fields, with a permission set of your own beside Plumbline Integration User.'],
    );
  }
  return `${paths.length} fields of ${sync.salesforceObject} can be read`;
}
