import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Args, Flags } from '@oclif/core';
import { askFlags } from '../../frame/ask.ts';
import { orgFlags, PlumblineCommand } from '../../frame/command.ts';
import { askFields, fieldFlags } from '../../frame/fields.ts';

export default class FieldsDownload extends PlumblineCommand {
  static override summary = 'Write the proposed fields as files, with a note to the Salesforce admin who makes them.';
  static override description =
    'For whoever may not customise the org. The note names the user, the object and each field, and says how to make them with these files or by hand.';
  static override examples = ['<%= config.bin %> <%= command.id %> usage --output-dir fields --target-org my-org'];
  static override args = { sync: Args.string({ required: true, description: 'Name of a sync in the draft.' }) };
  static override flags = {
    ...orgFlags,
    ...askFlags,
    ...fieldFlags,
    'output-dir': Flags.string({ char: 'd', summary: 'Folder for the files.', default: '.plumbline/fields' }),
  };

  override async run(): Promise<unknown> {
    const { args, flags } = await this.parse(FieldsDownload);
    return await askFields(args.sync, flags, async ({ plan, user, from }) => {
      const { fieldPackage } = await import('../../../salesforce/index.ts');
      const { files, note } = fieldPackage(plan, { user, from: from.label });
      const folder = flags['output-dir'];
      // What lies beside package.xml would be deployed with it.
      const metadata = Array.from(files, ([path, content]) => [join('metadata', path), content] as const);
      const written = [...metadata, ['README.md', note] as const].map(([path, content]) => {
        const file = join(folder, path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, content);
        return file;
      });
      this.log(`The fields are in ${folder}; its README.md is the note to the Salesforce admin.`);
      return { folder, files: written };
    });
  }
}
