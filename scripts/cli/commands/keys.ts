import { Args, Flags } from '@oclif/core';
import { SettingsError, type KeysAnswer } from '../../engine/index.ts';
import { ask, askFlags } from '../frame/ask.ts';
import { orgFlags, PlumblineCommand } from '../frame/command.ts';
import { draftNamed } from '../frame/drafts.ts';

const words: Readonly<Record<keyof KeysAnswer['counts'], string>> = {
  fill: 'get the key field filled',
  there: 'have it already',
  other: 'match a record that holds another ID, which stays',
  taken: 'have an ID that another record of the org holds',
  severalInSystem: 'match like others of the system',
  severalInOrg: 'match several records of the org',
  noMatch: 'match no record of the org',
  blank: 'have nothing to match by',
};

export default class Keys extends PlumblineCommand {
  static override summary = "Fill the org's key field of a sync with the IDs of the system's records.";
  static override description = `Records are matched by another field of both, exactly and one to one; a key that is there is never replaced. It shows what it would do; with --write it does it. Run it again when new records appear.

Exit code 5 when records were refused.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> usage --match name=Name --target-org my-org',
    '<%= config.bin %> <%= command.id %> usage --match name=Name --write --target-org my-org',
  ];
  static override args = { sync: Args.string({ required: true, description: 'Name of a sync in the draft.' }) };
  static override flags = {
    ...orgFlags,
    ...askFlags,
    match: Flags.string({
      required: true,
      summary: 'What is to match: a column of the system, =, a field of the org.',
    }),
    write: Flags.boolean({ summary: 'Fill the key field, instead of showing what would be filled.' }),
  };

  override async run(): Promise<unknown> {
    const { args, flags } = await this.parse(Keys);
    const [source, target, ...more] = flags.match.split('=');
    if (!source || !target || more.length > 0) {
      throw new SettingsError(`"${flags.match}" does not say what is to match.`, [
        'Write it as <column of the system>=<field of the org>, such as name=Name.',
      ]);
    }
    const draft = await draftNamed(args.sync, flags);
    const given = { draft, match: { source, target }, write: flags.write };
    return await ask(flags, { kind: 'keys', target: args.sync, arguments: given }, async (body) => {
      // A body that the worker of this very version made.
      const { keyField, counts, examples, written } = body as KeysAnswer;
      for (const [finding, text] of Object.entries(words)) {
        const count = counts[finding as keyof typeof counts];
        if (count > 0) this.log(`${count.toLocaleString('en')} records ${text}.`);
      }
      for (const { finding, id, value, record } of examples) {
        this.log(`  ${finding}: ${id} "${value}"${record === undefined ? '' : ` → ${record}.${keyField}`}`);
      }
      if (!written) this.log('Nothing written: add --write.');
      else {
        this.log(`Filled ${written.filled.toLocaleString('en')}.`);
        if (written.later > 0) this.log(`${written.later.toLocaleString('en')} wait: run it again later.`);
        for (const each of written.refused) this.log(`✖ ${each}`);
        if (written.refused.length > 0) this.endWith('found');
      }
      return body;
    });
  }
}
