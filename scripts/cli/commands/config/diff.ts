import { Args } from '@oclif/core';
import { PlumblineCommand, orgFlags } from '../../frame/command.ts';
import { openOrg } from '../../frame/ask.ts';

export default class ConfigDiff extends PlumblineCommand {
  static override summary = 'Show what applying configuration files would change in the draft of an org.';
  static override description = 'Looks at the connections that the files name. Exit code 5 when something differs.';
  static override examples = ['<%= config.bin %> <%= command.id %> config/syncs/iterable.yaml --target-org my-org'];
  static override strict = false;
  static override args = { file: Args.string({ required: true, description: 'Configuration files.' }) };
  static override flags = { ...orgFlags };

  override async run(): Promise<unknown> {
    const { argv, flags } = await this.parse(ConfigDiff);
    const { readConfigurationFiles, sameConnections } = await import('../../frame/files.ts');
    const wanted = readConfigurationFiles(argv.map(String));
    await using org = await openOrg(flags);
    const { differences, draftOf, readDraftRows } = await import('../../../control/index.ts');
    const changes = differences(sameConnections(draftOf(await readDraftRows(org.records)), wanted), wanted);
    for (const { place, from, to } of changes) this.log(`${place}: ${from ?? '(nothing)'} → ${to ?? '(nothing)'}`);
    if (changes.length === 0) this.log('The draft in the org is the same.');
    else this.endWith('found');
    return { changes };
  }
}
