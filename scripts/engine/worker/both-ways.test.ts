import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Delivery, Source, SyncConfiguration, Target } from '../index.ts';
import { FakeSource, syncConfiguration, World } from '../testing/index.ts';
import { work } from './testing/index.ts';

const accounts = ['a1', 'a2', 'a3', 'a4', 'a5'];
/** What each side is edited in, and where the other side has it. */
const outward = { Name: 'name', Tier: 'tier' };
const inward = { minutes: 'Use_Minutes', events: 'Use_Events' };
type Fields = Readonly<Record<string, string>>;

/** A side whose records are the same ones, whether it is read or written. */
class Side {
  readonly source: FakeSource;
  readonly target: Target;
  readonly object: string;
  /** `record field=value` of each value that a sync has written. */
  readonly written: string[] = [];

  constructor(world: World, object: string, fields: readonly string[]) {
    this.object = object;
    this.source = new FakeSource(world.clock);
    for (const id of accounts) this.source.save(object, id, {});
    const usual = { type: 'string', nillable: true, readable: true, writable: true };
    const described = new Map(['Id', ...fields].map((path) => [path, { path, label: path, ...usual }]));
    this.target = {
      limits: { maxRecords: 3, maxBytes: 10_000, maxInFlight: 2, lateApplyMilliseconds: 10_000, requestsPerSecond: 5 },
      overhead: { batchBytes: 20, recordBytes: 5 },
      describe: async () => ({ object, label: object, fields: described }),
      normaliseKey: (_object, key) => ({ key }),
      check: async () => ({ account: object }),
      read: async (_object, keys) => new Map(keys.map((key) => [key, this.valuesOf(key)])),
      send: async (_object, records, _urgency, onStart) => {
        await onStart();
        await world.clock.sleep(700);
        const deliveries = records.map(({ key, json }) => this.#write(key, JSON.parse(json) as Fields));
        await world.clock.sleep(700);
        return { kind: 'answered', deliveries };
      },
    };
  }

  valuesOf(id: string): Readonly<Record<string, unknown>> {
    return this.source.objects.get(this.object)?.get(id)?.values ?? {};
  }

  #write(record: string, { Id: _id, ...values }: Fields): Delivery {
    const before = this.valuesOf(record);
    const changed = Object.entries(values).filter(([field, value]) => (before[field] ?? null) !== value);
    if (changed.length === 0) return { kind: 'delivered', unchanged: true, record };
    this.source.save(this.object, record, values);
    this.written.push(...changed.map(([field, value]) => `${record} ${field}=${value}`));
    return { kind: 'delivered', record };
  }
}

/** The same as a report: it tells no changes, and stands for the records of its side. */
function reportOf({ source, object }: Side): Source {
  return {
    describe: (_report, paths) => source.describe(object, paths),
    hydrate: (shape, ids, made) => source.hydrate({ ...shape, object }, ids, made),
    extract: (shape, position, made) => source.extract({ ...shape, object }, position, made),
    count: (shape, made) => source.count({ ...shape, object }, made),
    forecast: (job) => source.forecast(job),
    budget: () => undefined,
  };
}

function syncOf(name: string, direction: SyncConfiguration['direction'], fields: Fields): SyncConfiguration {
  const mappings = Object.entries(fields).map(([source, target]) => ({ source, target, blank: 'keep' }) as const);
  return syncConfiguration('people', {
    ...{
      name,
      direction,
      salesforceObject: 'Account',
      systemObject: direction === 'salesforceToSystem' ? 'account' : 'report',
    },
    key: { source: 'Id', target: 'Id' },
    rules: { create: false, update: true, delete: 'ignore' },
    mappings: [...mappings, { source: 'Id', target: 'Id', blank: 'keep' }],
  });
}

function bothWays(election: 'first' | 'latest' = 'first') {
  const world = new World();
  world.configurations = [syncOf('out', 'salesforceToSystem', outward), syncOf('in', 'systemToSalesforce', inward)];
  const org = new Side(world, 'Account', [...Object.keys(outward), ...Object.values(inward)]);
  const system = new Side(world, 'account', [...Object.values(outward), ...Object.keys(inward)]);
  const hydrated: string[] = [];
  org.source.fault = (call) => void (call === 'hydrate' && hydrated.push(call));
  const worker = work(world, undefined, undefined, undefined, false, {
    salesforce: { source: org.source, target: org.target },
    system: { source: reportOf(system), target: system.target, election: { toSystem: election, fromSystem: election } },
  });
  /** Reads both sides in full, and waits until nothing is left to do. */
  const cycle = async (): Promise<void> => {
    for (const sync of ['out', 'in']) {
      await worker.ask('run', sync);
      await world.clock.pass(20_000);
    }
  };
  return { world, org, system, hydrated, worker, cycle };
}

const edit = fc.record({
  who: fc.constantFrom(...accounts),
  field: fc.constantFrom(...Object.keys(outward), ...Object.keys(inward)),
  value: fc.constantFrom('x', 'y'),
});
const step = fc.oneof(
  { weight: 5, arbitrary: edit },
  { weight: 3, arbitrary: fc.record({ wait: fc.integer({ min: 1, max: 6_000 }) }) },
  { weight: 1, arbitrary: fc.record({ read: fc.constantFrom('in', 'out') }) },
);

test('N-14: after random edits of both sides, at any moment of any read, both settle within two cycles, and nothing is written again', async () => {
  const property = fc.asyncProperty(
    fc.array(step, { maxLength: 30 }),
    fc.constantFrom('first', 'latest'),
    async (steps, election) => {
      const { world, org, system, worker, cycle } = bothWays(election);
      await world.clock.pass(1_000);
      for (const [index, each] of steps.entries()) {
        if ('wait' in each) await world.clock.pass(each.wait);
        else if ('read' in each)
          worker.control.commands.push({ id: `s${index}`, kind: 'run', target: each.read, arguments: {} });
        else if (each.field in outward) org.source.save('Account', each.who, { [each.field]: each.value });
        else system.source.save('account', each.who, { [each.field]: each.value });
      }
      await world.clock.pass(60_000);
      for (const id of accounts) {
        for (const [from, to] of Object.entries(outward))
          assert.equal(system.valuesOf(id)[to], org.valuesOf(id)[from], `by polls alone: ${id} ${from}`);
      }
      await cycle();
      await cycle();
      const settled = [...org.written, ...system.written];
      await cycle();
      await world.clock.pass(60_000);
      assert.deepEqual([...org.written, ...system.written], settled, 'a further cycle writes nothing');
      for (const id of accounts) {
        const [here, there] = [org.valuesOf(id), system.valuesOf(id)];
        for (const [from, to] of Object.entries(outward)) assert.equal(there[to], here[from], `${id} ${from}`);
        for (const [from, to] of Object.entries(inward)) assert.equal(here[to], there[from], `${id} ${to}`);
      }
      await worker.end();
      assert.deepEqual(world.died, []);
    },
  );
  await fc.assert(property, { numRuns: 30 });
});

test('N-14: what one direction wrote is not read again for the other, while an edit beside it is', async () => {
  const { world, org, system, hydrated, worker, cycle } = bothWays();
  await world.clock.pass(1_000);
  await cycle();
  for (const id of accounts) system.source.save('account', id, { minutes: `${id} is busy` });
  hydrated.length = 0;
  await worker.ask('run', 'in');
  await world.clock.pass(60_000);
  assert.equal(org.written.filter((each) => each.includes('busy')).length, accounts.length);
  assert.equal(hydrated.length, 0, 'polls met the echo, and knew it by its values');
  for (const id of accounts) system.source.save('account', id, { minutes: 'still busy' });
  await worker.ask('run', 'in');
  org.source.save('Account', 'a2', { Name: 'Edited' });
  await world.clock.pass(60_000);
  assert.equal(system.valuesOf('a2')['name'], 'Edited');
  assert.equal(hydrated.length, 1, 'the edited one alone');
  await worker.end();
});
