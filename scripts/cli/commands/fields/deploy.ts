import { Args, Flags } from '@oclif/core';
import { askFlags } from '../../frame/ask.ts';
import { orgFlags, PlumblineCommand } from '../../frame/command.ts';
import { askFields, fieldFlags } from '../../frame/fields.ts';

// A login that "connect" stored is the worker's, which must not customise the org; nor may a worker run as an admin.
const { 'org-id': _orgId, ...adminFlags } = orgFlags;
const { wait } = askFlags;

export default class FieldsDeploy extends PlumblineCommand {
  static override summary = "Make the proposed fields in the org, and give the worker's user the right to write them.";
  static override description =
    'It runs under your own login, which needs the right to customise the application: the worker never has it. You see the fields from then on. Fields that are there already stay as they are.';
  static override examples = ['<%= config.bin %> <%= command.id %> usage --target-org my-admin'];
  static override args = { sync: Args.string({ required: true, description: 'Name of a sync in the draft.' }) };
  static override flags = {
    ...adminFlags,
    wait,
    ...fieldFlags,
    'dry-run': Flags.boolean({ summary: 'Only ask the org whether it would take them.' }),
  };

  override async run(): Promise<unknown> {
    const { args, flags } = await this.parse(FieldsDeploy);
    return await askFields(args.sync, { ...flags, personal: true }, async ({ plan, user, from }, org) => {
      const { deployFiles, fieldPackage } = await import('../../../salesforce/index.ts');
      const { assignSet } = await import('../../assign-set.ts');
      const { files, writerSet, readerSet } = fieldPackage(plan, { user, from: from.label });
      const made = plan.proposals.flatMap((each) => ('target' in each && !each.exists ? [each.target] : []));
      const checkOnly = flags['dry-run'];
      const { id } = await deployFiles(org.salesforce.channel, org.clock, files, { checkOnly });
      for (const name of made) this.log(`${checkOnly ? '✔ would make' : '✔ made'} ${plan.object}.${name}`);
      if (made.length === 0) this.log(`${plan.object} has every field already.`);
      const assigned = checkOnly ? false : await assignSet(org.records, writerSet, user);
      if (assigned) this.log(`✔ ${user} may write them, by the permission set ${writerSet}.`);
      // A field that was deployed is seen by nobody yet, not even by who deployed it.
      const { username } = await org.salesforce.client.identity();
      const sees = checkOnly ? false : await assignSet(org.records, readerSet, username);
      if (sees) this.log(`✔ ${username} sees them, by ${readerSet}: give it to those who are to see the values.`);
      return { deploy: id, checkOnly, object: plan.object, made, permissionSet: writerSet, user };
    });
  }
}
