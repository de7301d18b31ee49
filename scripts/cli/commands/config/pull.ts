import { writeFileSync } from 'node:fs';
import { Flags } from '@oclif/core';
import { PlumblineCommand, orgFlags } from '../../frame/command.ts';
import { openOrg } from '../../frame/ask.ts';

export default class ConfigPull extends PlumblineCommand {
  static override summary = 'Write the configuration of an org as a file.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --target-org my-org --file config/syncs/my-org.yaml',
  ];
  static override flags = {
    ...orgFlags,
    file: Flags.string({ char: 'f', summary: 'File to write; without it, the screen.' }),
    activated: Flags.boolean({ summary: 'What runs, instead of the draft.' }),
  };

  override async run(): Promise<unknown> {
    const { flags } = await this.parse(ConfigPull);
    await using org = await openOrg(flags);
    const { draftOf, formatConfiguration, readActiveVersion, readDraftRows } =
      await import('../../../control/index.ts');
    const { SettingsError } = await import('../../../engine/index.ts');
    const active = flags.activated ? await readActiveVersion(org.records) : undefined;
    if (flags.activated && active === undefined) {
      throw new SettingsError('No configuration is active in this org.', [
        'Activate its draft: plumbline sync activate',
      ]);
    }
    const { connections, syncs } = active?.configuration ?? draftOf(await readDraftRows(org.records));
    const text = formatConfiguration({ connections, syncs });
    if (flags.file === undefined) this.log(text.trimEnd());
    else {
      writeFileSync(flags.file, text);
      this.log(`Wrote ${syncs.length} syncs to ${flags.file}.`);
    }
    return { connections, syncs };
  }
}
