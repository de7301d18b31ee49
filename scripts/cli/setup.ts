import { SettingsError, type Setup } from '../engine/index.ts';
import { Redactor } from '../http/index.ts';
import { fieldPackage, ownMissingRights, type Salesforce } from '../salesforce/index.ts';
import { isOwnField, proposeFields, secretVariable } from '../systems/kit/index.ts';
import { secretOf, secretsFile, type Environment } from './secrets.ts';
import { systems } from './systems.ts';

/** What setting a sync up asks of this machine and of the org that its worker is logged in to. */
export function createSetup({ client, describer }: Salesforce, orgId: string, environment: Environment): Setup {
  return {
    async org() {
      const { username } = await client.identity();
      const row = await client.queryOne<{ readonly IsSandbox: boolean }>('SELECT IsSandbox FROM Organization');
      return { id: orgId, sandbox: row?.IsSandbox === true, user: username };
    },
    async secrets({ name, system }) {
      const file = secretsFile(environment);
      return systems.system(system).secrets.map((secret) => ({
        connection: name,
        present: secretOf({ orgId, connection: name, secret: secret.name }, { environment, file }) !== undefined,
        variable: secretVariable(name, secret.name),
      }));
    },
    masked({ name, system }, text) {
      const file = secretsFile(environment);
      const redactor = new Redactor();
      for (const secret of systems.system(system).secrets) {
        redactor.add(secretOf({ orgId, connection: name, secret: secret.name }, { environment, file }) ?? '');
      }
      return redactor.secrets(text);
    },
    async proposeFields({ system }, request) {
      const { orgFields, label } = systems.system(system);
      if (!orgFields) {
        throw new SettingsError(`${label} has no fields of its own in the org.`, [
          'Map its values to fields that the org has.',
        ]);
      }
      const there = await describer.describe(request.object, []);
      const proposals = proposeFields({ ...request, naming: orgFields, systemLabel: label, object: there });
      const targets = new Set(proposals.map((each) => ('target' in each ? each.target : undefined)));
      const own = [...there.fields.keys()].filter((name) => isOwnField(orgFields.prefix, name));
      return { systemLabel: label, object: there.object, proposals, others: own.filter((name) => !targets.has(name)) };
    },
    fieldPackage(plan, facts) {
      const { files, note } = fieldPackage(plan, facts);
      return { files: Object.fromEntries(files), note };
    },
    systems: (connection) =>
      systems.systems.map((system) => ({
        ...{ name: system.slug, label: system.label, settings: system.choices, beforehand: system.beforehand },
        ...(system.freshness !== undefined && { freshness: system.freshness }),
        syncs: system.defaultSyncs(connection ?? system.slug),
      })),
    defaultSyncs: ({ name, system }) => systems.system(system).defaultSyncs(name),
    async rights(sync) {
      const { userId, username } = await client.identity();
      return { userId, userName: username, missing: await ownMissingRights(sync, describer) };
    },
  };
}
