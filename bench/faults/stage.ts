import type { LocalIterable } from '../../local/systems/index.ts';
import type { LocalOrg } from '../../local/org/index.ts';
import type { VirtualClock } from '../../scripts/engine/testing/index.ts';
import type { Network } from './network.ts';
import type { People } from './people.ts';
import { configuration } from './prepare-org.ts';
import type { Act, Schedule } from './schedule.ts';
import { settle, workLeft } from './settle.ts';
import type { Streams } from './streams.ts';
import type { Trace } from './trace.ts';
import type { Workers } from './workers.ts';

interface Cast {
  readonly schedule: Schedule;
  readonly clock: VirtualClock;
  readonly trace: Trace;
  readonly org: LocalOrg;
  readonly iterable: LocalIterable;
  readonly network: Network;
  readonly streams: Streams;
  readonly people: People;
  readonly workers: Workers;
}

const usualDailyCalls = 100_000;

/** Lets a schedule happen, and then everything settle. */
export class Stage {
  readonly #cast: Cast;

  constructor(cast: Cast) {
    this.#cast = cast;
  }

  /** Returns what did not settle, one line each. */
  async play(): Promise<readonly string[]> {
    const { schedule, clock, people, workers, trace } = this.#cast;
    for (const { object, fields } of schedule.population) people.create(object, fields);
    await clock.pass(1_500);
    workers.start();
    const start = clock.now();
    for (const { at, act, commitsLate = 0 } of schedule.steps) {
      await clock.pass(Math.max(start + at - clock.now(), 0));
      // Of two saves with one stamp, which has whole seconds, polls never tell the one that is committed late: nothing that
      // people did before it bears its second.
      if (commitsLate > 0) await clock.pass(1_000 - (clock.now() % 1_000));
      trace.add('act', `${JSON.stringify(act)}${commitsLate > 0 ? `, committed ${commitsLate} ms later` : ''}`);
      if (!people.does(act, commitsLate)) this.#happens(act);
    }
    await clock.pass(2_000);
    this.#mend();
    await clock.pass(Math.max(people.committedAt - clock.now(), 0));
    return settle(clock, () => workLeft(workers, clock));
  }

  #happens(act: Act): void {
    const { clock, org, iterable, network, streams, people, workers } = this.#cast;
    switch (act.do) {
      case 'kill':
        return workers.kill(act.at, act.downMilliseconds);
      case 'stop':
        return workers.stop(act.downMilliseconds);
      case 'freeze':
        return workers.freeze(act.at, act.milliseconds, act.replaced);
      case 'second worker':
        return workers.second(act.milliseconds);
      case 'command':
        return this.#ask(act);
      case 'iterable': {
        const faults = Array.from({ length: act.times }, () => act.fault);
        return iterable.control.setFaults({ scripted: [...(iterable.control.dial().scripted ?? []), ...faults] });
      }
      case 'org':
        return org.faults.add(act);
      case 'lock':
        return org.faults.lock({ values: [act.value], times: act.times });
      case 'cut page':
        return network.cutPage();
      case 'unreachable':
        return network.reach.cutOff(act.side, act.milliseconds);
      case 'revoke':
        workers.refuseLogin(act.milliseconds);
        return void org.expireSessions();
      case 'refuse key':
        return network.refuseKey(act.milliseconds);
      case 'daily limit':
        org.setDailyApiRequests(org.apiCalls() + act.left);
        return void clock.after(act.milliseconds, () => org.setDailyApiRequests(usualDailyCalls));
      case 'lose streams':
        return streams.lose(act.how);
      case 'gap': {
        const id = people.pick(act.object, 0);
        return org.events.gap(act.object, id === undefined ? [] : [id], act.overflow ? 'GAP_OVERFLOW' : 'GAP_UPDATE');
      }
      case 'pause':
        this.#pause(act.sync, true);
        return void clock.after(act.milliseconds, () => this.#pause(act.sync, false));
      default:
        throw new Error(`Nobody does this: ${JSON.stringify(act)}`);
    }
  }

  #ask({ kind, target, who, expiresMilliseconds }: Extract<Act, { do: 'command' }>): void {
    const { clock, people } = this.#cast;
    const record = people.pick(target === 'contacts' ? 'Contact' : 'Lead', who) ?? '';
    const [id] = people.write('insert', 'Plumbline_Command__c', [
      {
        Kind__c: kind,
        Target__c: kind === 'explain' ? `${target}/${record}` : target,
        Arguments__c: '{}',
        Status__c: 'New',
        Expires_At__c: new Date(clock.now() + expiresMilliseconds).toISOString(),
      },
    ]);
    if (id !== undefined) people.write('insert', 'Plumbline_Doorbell__e', [{ Command_Id__c: id }]);
  }

  #pause(sync: string, paused: boolean): void {
    const { people } = this.#cast;
    const ids = people.read(`SELECT Id FROM Plumbline_Sync__c WHERE Unique_Name__c = '${sync}'`);
    people.write(
      'update',
      'Plumbline_Sync__c',
      ids.map((row) => ({ Id: row['Id'], Paused__c: paused })),
    );
  }

  /** No more faults: what was broken works again. */
  #mend(): void {
    const { org, iterable, network, workers, trace } = this.#cast;
    trace.add('act', 'everything works again');
    org.faults.clear();
    org.setDailyApiRequests(usualDailyCalls);
    iterable.control.setFaults({ scripted: [] });
    network.mend();
    workers.refuseLogin(0);
    workers.spare();
    for (const { name } of configuration.syncs) this.#pause(name, false);
  }
}
