import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Flags } from '@oclif/core';
import { openOrg } from '../../frame/ask.ts';
import { PlumblineCommand, orgFlags } from '../../frame/command.ts';

export default class CheckRights extends PlumblineCommand {
  static override summary =
    'Compare the rights of the integration user with what the syncs need, and make the permission set that is missing.';
  static override description = `Log in as an admin. The integration user is the one that "connect" stored for this org, or the one whose access token is in PLUMBLINE_INTEGRATION_USER_TOKEN.

Exit code 5 when a right is missing.`;
  static override examples = ['<%= config.bin %> <%= command.id %> --target-org my-admin'];
  static override flags = {
    ...orgFlags,
    activated: Flags.boolean({ summary: 'Look at what runs, instead of the draft.' }),
    'output-dir': Flags.string({
      char: 'd',
      summary: 'Folder for the permission set.',
      default: '.plumbline/rights',
    }),
  };

  override async run(): Promise<unknown> {
    const { flags } = await this.parse(CheckRights);
    await using org = await openOrg(flags);
    const { draftOf, readActiveVersion, readDraftRows } = await import('../../../control/index.ts');
    const { SettingsError } = await import('../../../engine/index.ts');
    const { rightsSetName } = await import('../../../salesforce/index.ts');
    const { rightsOfIntegrationUser } = await import('../../rights.ts');
    const configuration = flags.activated
      ? (await readActiveVersion(org.records))?.configuration
      : draftOf(await readDraftRows(org.records));
    const rights = await rightsOfIntegrationUser(org, configuration?.syncs ?? [], process.env);
    if (!rights) {
      throw new SettingsError('This machine has no login of the integration user of this org.', [
        'Store one: plumbline connect --username <integration user> --contact-email <yours> --target-org <admin>',
        'Or put an access token of that user into PLUMBLINE_INTEGRATION_USER_TOKEN.',
      ]);
    }
    const { missing, files, username } = rights;
    if (missing.length === 0) {
      this.log(`✔ ${username} has every right that the syncs need.`);
      return { username, missing, folder: null, steps: [] };
    }
    const folder = flags['output-dir'];
    for (const [path, content] of files) {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
    const steps = [
      `sf project deploy start --metadata-dir ${folder} --target-org <admin>`,
      `sf org assign permset --name ${rightsSetName} --on-behalf-of ${username} --target-org <admin>`,
      'plumbline check rights --target-org <admin>',
    ];
    for (const { sentence } of missing) this.log(`✖ ${sentence}`);
    this.log(`The permission set that gives ${username} these rights is in ${folder}. As an admin:`);
    steps.forEach((step, index) => this.log(`  ${index + 1}. ${step}`));
    this.endWith('found');
    return { username, missing, folder, steps };
  }
}
