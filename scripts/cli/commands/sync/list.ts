import { PlumblineCommand, orgFlags } from '../../frame/command.ts';
import { openOrg } from '../../frame/ask.ts';
import { readRuns } from '../../frame/syncs.ts';

export default class SyncList extends PlumblineCommand {
  static override summary =
    'List the syncs of an org: what they connect, whether they run, and how their last run went.';
  static override examples = ['<%= config.bin %> <%= command.id %> --target-org my-org'];
  static override flags = { ...orgFlags };

  override async run(): Promise<unknown> {
    const { flags } = await this.parse(SyncList);
    await using org = await openOrg(flags);
    const { draftOf, readActiveVersion, readDraftRows, readSyncStates } = await import('../../../control/index.ts');
    const [rows, active, states, runs] = [
      await readDraftRows(org.records),
      await readActiveVersion(org.records),
      await readSyncStates(org.records),
      await readRuns(org.records, { limit: 200 }),
    ];
    const activated = new Map(active?.configuration.syncs.map((sync) => [sync.name, JSON.stringify(sync)]));
    const syncs = draftOf(rows).syncs.map((sync) => {
      const last = runs.find((run) => run.sync === sync.name && run.kind !== 'live');
      return {
        name: sync.name,
        connection: sync.connection,
        from: sync.direction === 'salesforceToSystem' ? sync.salesforceObject : sync.systemObject,
        to: sync.direction === 'salesforceToSystem' ? sync.systemObject : sync.salesforceObject,
        activated: activated.has(sync.name),
        paused: states.paused.has(sync.name) || states.paused.has(sync.connection),
        lastRun: last ?? null,
      };
    });
    if (syncs.length === 0)
      this.log('No sync yet. Apply a configuration: plumbline config apply config/syncs/iterable.yaml');
    else {
      this.logTable(
        ['NAME', 'CONNECTION', 'FROM', 'TO', 'ACTIVATED', 'PAUSED', 'LAST RUN'],
        syncs.map((sync) => [
          sync.name,
          sync.connection,
          sync.from,
          sync.to,
          sync.activated ? 'yes' : 'no',
          sync.paused ? 'yes' : 'no',
          sync.lastRun === null ? '—' : `${sync.lastRun.kind} ${sync.lastRun.state}, ${sync.lastRun.read} read`,
        ]),
      );
    }
    return { syncs };
  }
}
