import { Args } from '@oclif/core';
import { askFlags } from '../../frame/ask.ts';
import { orgFlags, PlumblineCommand } from '../../frame/command.ts';
import { askFields, fieldFlags } from '../../frame/fields.ts';

export default class FieldsPropose extends PlumblineCommand {
  static override summary =
    'Propose fields of the org for the columns that a sync reads from its system. Writes nothing.';
  static override description =
    'The names carry what is measured and the span of time. Make the fields with "fields deploy", or hand them to the Salesforce admin with "fields download".';
  static override examples = [
    '<%= config.bin %> <%= command.id %> usage --target-org my-org',
    '<%= config.bin %> <%= command.id %> usage --period "Last 30 days" --target-org my-org',
  ];
  static override args = { sync: Args.string({ required: true, description: 'Name of a sync in the draft.' }) };
  static override flags = { ...orgFlags, ...askFlags, ...fieldFlags };

  override async run(): Promise<unknown> {
    const { args, flags } = await this.parse(FieldsPropose);
    const { shapeWords } = await import('../../../salesforce/index.ts');
    return await askFields(args.sync, flags, async (answer) => {
      const { plan, from } = answer;
      const usable = plan.proposals.filter((each) => 'target' in each);
      this.log(`${from.label} → ${plan.object}`);
      this.logTable(
        ['COLUMN', 'FIELD', 'TYPE', 'IN THE ORG'],
        usable.map(({ source, target, shape, exists }) => [source, target, shapeWords(shape), exists ? 'yes' : 'no']),
      );
      for (const each of plan.proposals) if ('cannotUse' in each) this.log(`  ${each.source}: ${each.cannotUse}`);
      if (usable.length > 0) {
        this.log('mappings:');
        for (const { source, target, transform, shape } of usable) {
          if ('isKey' in shape) continue;
          const more = transform === undefined ? '' : `, transform: ${transform}`;
          this.log(`  - { source: ${JSON.stringify(source)}, target: ${target}${more} }`);
        }
      }
      return answer;
    });
  }
}
