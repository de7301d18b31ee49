import type { LocalOrg } from '../../../local/org/index.ts';
import type { LocalPendo } from '../../../local/systems/index.ts';
import type { VirtualClock } from '../../../scripts/engine/testing/index.ts';
import type { People } from '../people.ts';
import { settle, workLeft } from '../settle.ts';
import type { Trace } from '../trace.ts';
import type { Workers } from '../workers.ts';
import { before, configuration, pushed } from './configuration.ts';
import type { Network } from './network.ts';
import type { Act, Schedule } from './schedule.ts';

interface Cast {
  readonly schedule: Schedule;
  readonly clock: VirtualClock;
  readonly trace: Trace;
  readonly org: LocalOrg;
  readonly pendo: LocalPendo;
  readonly key: string;
  readonly network: Network;
  readonly people: People;
  readonly workers: Workers;
}

const dayMilliseconds = 86_400_000;

/** Lets a schedule happen on both sides, and then everything settle. */
export class Stage {
  readonly #cast: Cast;
  /** Accounts by the order in which they were made; those that Pendo knows. */
  readonly known = new Set<string>();
  readonly all: string[] = [];

  constructor(cast: Cast) {
    this.#cast = cast;
  }

  /** Returns what did not settle, one line each. */
  async play(): Promise<readonly string[]> {
    const { schedule, clock, workers, trace } = this.#cast;
    for (const { known } of schedule.population) this.#create(known);
    await clock.pass(1_500);
    workers.start();
    const start = clock.now();
    for (const { at, act } of schedule.steps) {
      await clock.pass(start + at - clock.now());
      trace.add('act', JSON.stringify(act));
      this.#happens(act);
    }
    await clock.pass(2_000);
    this.#mend();
    return this.readAll();
  }

  /** Reads both sides in full, first in, then out, and waits until nothing is left to do. */
  async readAll(): Promise<readonly string[]> {
    for (const { name } of configuration.syncs) {
      this.#ask(name);
      const unsettled = await settle(this.#cast.clock, () => this.#unfinished());
      if (unsettled.length > 0) return unsettled;
    }
    return [];
  }

  #happens(act: Act): void {
    const { clock, org, pendo, network, people, workers, key } = this.#cast;
    const { control } = pendo;
    switch (act.do) {
      case 'save':
        return void people.write('update', 'Account', [{ Id: this.#pick(act.who), ...act.fields }]);
      case 'create':
        return this.#create(act.known);
      case 'use': {
        const day = new Date(clock.now() - act.day * dayMilliseconds).toISOString().slice(0, 10);
        const id = this.#pick(act.who);
        const usage = { [day]: { events: 1, minutes: act.minutes, clicks: act.clicks } };
        return control.putVisitor(`visitor of ${id}`, { accountIds: [id], usage });
      }
      case 'tag': {
        const id = this.#pick(act.who);
        return this.known.has(id) ? control.putAccount(id, { metadata: { agent: { tag: act.tag } } }) : undefined;
      }
      case 'read all':
        return this.#ask(act.sync);
      case 'kill':
        return workers.kill(act.at, act.downMilliseconds);
      case 'pendo': {
        const faults = Array.from({ length: act.times }, () => act.fault);
        return control.setFaults({ scripted: [...(control.dial().scripted ?? []), ...faults] });
      }
      case 'org':
        return org.faults.add({ ...act, path: undefined, milliseconds: 0 });
      case 'out of time':
        return control.setFaults({ limits: { requestsPerSecond: 100, recordsPerCall: act.records } });
      case 'unreachable':
        return network.reach.cutOff(act.side, act.milliseconds);
      case 'revoke key':
        control.putKey(key, { write: true, revoked: true });
        return void clock.after(act.milliseconds, () => control.putKey(key, { write: true, revoked: false }));
    }
  }

  #create(known: boolean): void {
    const { people, pendo } = this.#cast;
    const fields = {
      Name: `Account ${this.all.length}`,
      ...Object.fromEntries(Object.values(pushed).map((name) => [name, before])),
    };
    const [id] = people.write('insert', 'Account', [fields]);
    if (id === undefined) throw new Error('The org takes no account.');
    this.all.push(id);
    if (!known) return;
    this.known.add(id);
    pendo.control.putAccount(id, { metadata: { agent: { tag: 'first' } } });
  }

  #pick(who: number): string {
    return this.all[who % this.all.length] as string;
  }

  #ask(sync: string): void {
    const { clock, people } = this.#cast;
    const command = {
      Kind__c: 'backfill',
      Target__c: sync,
      Arguments__c: '{}',
      Status__c: 'New',
      Expires_At__c: new Date(clock.now() + 3_600_000).toISOString(),
    };
    const [id] = people.write('insert', 'Plumbline_Command__c', [command]);
    if (id !== undefined) people.write('insert', 'Plumbline_Doorbell__e', [{ Command_Id__c: id }]);
  }

  /** No more faults: what was broken works again. */
  #mend(): void {
    const { org, pendo, network, workers, trace, key } = this.#cast;
    trace.add('act', 'everything works again');
    org.faults.clear();
    pendo.control.setFaults({ scripted: [], limits: {} });
    pendo.control.putKey(key, { write: true, revoked: false });
    network.reach.mend();
    workers.spare();
  }

  async #unfinished(): Promise<readonly string[]> {
    const { workers, clock, people } = this.#cast;
    const left = await workLeft(workers, clock);
    const open = people.read("SELECT Id FROM Plumbline_Command__c WHERE Status__c IN ('New', 'Claimed')");
    return [...left, ...open.map(() => 'a command has no answer')];
  }
}
