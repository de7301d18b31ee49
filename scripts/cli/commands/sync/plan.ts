import { Args, Flags } from '@oclif/core';
import { reasonCodes, sentenceOf, type DryRunAnswer } from '../../../engine/index.ts';
import { PlumblineCommand, orgFlags } from '../../frame/command.ts';
import { ask, askFlags } from '../../frame/ask.ts';

export default class SyncPlan extends PlumblineCommand {
  static override summary = 'Show what a sync would do, field by field, and what it would cost. Writes nothing.';
  static override examples = ['<%= config.bin %> <%= command.id %> leads --target-org my-org'];
  static override args = { sync: Args.string({ required: true, description: 'Name of an activated sync.' }) };
  static override flags = {
    ...orgFlags,
    ...askFlags,
    sample: Flags.integer({ summary: 'Records to plan; without it, all.', min: 1 }),
    compare: Flags.integer({
      summary: 'Records to compare field by field with what the target holds.',
      default: 20,
      min: 0,
      max: 100,
    }),
  };

  override async run(): Promise<unknown> {
    const { args, flags } = await this.parse(SyncPlan);
    const given = { compare: flags.compare, ...(flags.sample === undefined ? {} : { sample: flags.sample }) };
    return await ask(flags, { kind: 'plan', target: args.sync, arguments: given }, async (body) => {
      // A body that the worker of this very version made.
      this.#show(body as DryRunAnswer);
      return body;
    });
  }

  #show({ sync, total, planned, counts, reasons, changes, forecast }: DryRunAnswer): void {
    const number = (value: number): string => value.toLocaleString('en');
    this.log(`${sync}: ${number(planned)} of ${number(total)} records planned, nothing written.`);
    this.logTable(
      ['WOULD BE', 'RECORDS'],
      Object.entries(counts)
        .filter(([outcome]) => outcome !== 'read')
        .map(([outcome, count]) => [outcome, number(count)]),
    );
    for (const code of reasonCodes) {
      const count = reasons[code];
      if (count !== undefined) this.log(`  ${number(count)}: ${sentenceOf(code)}`);
    }
    for (const { key, action, fields } of changes) {
      this.log(`${key} (${action})`);
      for (const { path, before, after } of fields) {
        this.log(
          `    ${path}: ${before === undefined ? '(nothing)' : JSON.stringify(before)} → ${JSON.stringify(after)}`,
        );
      }
    }
    const { read, lookUp, write, tell, echo, report } = forecast.org;
    const kinds = { read, 'look up': lookUp, write, 'tell flows': tell, 'echo in other syncs': echo, report };
    const parts = Object.entries(kinds).flatMap(([kind, calls]) => (calls > 0 ? [`${number(calls)} ${kind}`] : []));
    const sum = read + lookUp + write + tell + echo + report;
    this.log(`Calls of the Salesforce API: ${number(sum)} (${parts.join(', ')}).`);
    this.log(
      `The whole run would take ${number(forecast.sourceCalls)} calls of the source, ${number(forecast.targetCalls)} of the target, ${number(Math.ceil(forecast.seconds))} s at its limit.`,
    );
  }
}
