import { Args, Flags } from '@oclif/core';
import { PlumblineCommand, orgFlags } from '../../frame/command.ts';
import { ask, askFlags, openOrg, type AskFlagValues } from '../../frame/ask.ts';
import { healthLines, readHealth, type Health } from '../../frame/health.ts';
import { readRuns, runLine } from '../../frame/syncs.ts';
import { inWords } from '../../frame/words.ts';

export default class SyncStatus extends PlumblineCommand {
  static override summary = 'Show whether the worker lives, how the last runs went, and how many issues are open.';
  static override description =
    'What the org holds is shown in any case; what waits, and whether both sides were found to agree, is asked of the worker. Exit code 5 when no worker lives or answers, a run does not balance, both sides differ, or issues are open.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --target-org my-org',
    '<%= config.bin %> <%= command.id %> leads --reason rejected-type-mismatch --target-org my-org',
  ];
  static override args = { sync: Args.string({ description: 'Only this sync.' }) };
  static override flags = {
    ...orgFlags,
    ...askFlags,
    wait: Flags.integer({ summary: 'Seconds to wait for an answer.', default: 30, min: 1, helpGroup: 'WORKER' }),
    reason: Flags.string({ summary: 'List the records with this reason, which the worker keeps.' }),
    limit: Flags.integer({ summary: 'Records to list with --reason.', default: 100, min: 1, max: 1_000 }),
  };

  override async run(): Promise<unknown> {
    const { args, flags } = await this.parse(SyncStatus);
    if (flags.reason !== undefined) {
      if (args.sync === undefined) this.error('--reason lists the records of one sync: name it.', { exit: 2 });
      const question = {
        kind: 'records',
        target: args.sync,
        arguments: { reason: flags.reason, limit: flags.limit },
      } as const;
      return await ask(flags, question, async (body) => {
        this.log(await inWords(body));
        return body;
      });
    }
    await using org = await openOrg(flags);
    const { readPresence } = await import('../../../control/index.ts');
    const filter = args.sync === undefined ? {} : { sync: args.sync };
    const presence = await readPresence(org.records);
    const runs = await readRuns(org.records, { ...filter, limit: 10 });
    const condition = args.sync === undefined ? '' : ` AND Sync_Name__c = ${org.records.literal(args.sync)}`;
    const counted = await org.records.queryOne<{ count: number }>(
      `SELECT COUNT(Id) count FROM Plumbline_Issue__c WHERE Status__c = 'Open'${condition}`,
    );
    const openIssues = counted?.count ?? 0;
    const alive = presence !== undefined && presence.leaseUntil > org.clock.now();
    if (!alive) this.log('Worker: none lives. Start one: npm run worker');
    else {
      const heard =
        presence.lastBeat === undefined
          ? ''
          : `, heard ${Math.round((org.clock.now() - presence.lastBeat) / 1_000)} s ago`;
      this.log(
        `Worker: alive${heard}, ${presence.backlog} waiting, ${presence.listening ? 'listening to changes' : 'polling only'}`,
      );
    }
    for (const run of runs) this.log(runLine(run));
    this.log(`Open issues: ${openIssues}`);
    const health = alive || flags.store !== undefined ? await this.#health(flags, args.sync) : null;
    const differs = health?.syncs.some(({ reconciled }) => reconciled?.reconciled === false) ?? true;
    if (!alive || differs || openIssues > 0 || runs.some((run) => run.state !== 'running' && !run.balanced))
      this.endWith('found');
    return {
      worker: presence === undefined ? null : { ...presence, alive },
      runs,
      openIssues,
      syncs: health?.syncs ?? null,
      waits: health?.waits ?? null,
    };
  }

  /** Asks the worker; null when it does not answer, which is told: what the org holds was shown all the same. */
  async #health(flags: AskFlagValues, sync: string | undefined): Promise<Health | null> {
    try {
      return await ask(flags, { kind: 'status', target: sync ?? '*' }, async (body) => {
        const health = readHealth(body);
        for (const line of healthLines(health, sync)) this.log(line);
        return health;
      });
    } catch (error) {
      const { RetryError } = await import('../../../engine/index.ts');
      if (!(error instanceof RetryError)) throw error;
      this.log(`The worker does not say what waits: ${error.message}`);
      return null;
    }
  }
}
