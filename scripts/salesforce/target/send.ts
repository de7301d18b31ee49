import { PlumblineError, type Random, type SendResult, type TargetRecord, type Urgency } from '../../engine/index.ts';
import { backOff, type Lane } from '../../http/index.ts';
import { metered, type Channel } from '../connection/index.ts';
import type { OrgObject } from '../describe.ts';
import { writeBulk } from './bulk.ts';
import { writeCollection, type DuplicateRule, type Manner } from './collections.ts';
import { cannotBeCsv } from './csv.ts';
import type { Operation, OrgDoor } from './door.ts';
import { misfitOf } from './fit.ts';
import type { Key } from './key.ts';
import { duplicateWords, Ledger } from './ledger.ts';
import { recordsMeant, withoutKey } from './meant.ts';
import { byParent, inChunks, toOutgoing, type Outgoing } from './outgoing.ts';
import type { Pace } from './pace.ts';
import type { RecordTypes } from './record-types.ts';
import { reject, retry, verdictOf, type ItemError } from './refusals.ts';
import { survivors } from './resolve.ts';
import { choiceProblem } from './values.ts';

/** As many records or more go by Bulk API 2.0 (Salesforce's own advice). */
export const bulkFrom = 2_000;
/** Records of the requests that try locked rows again, each round one after the other (K-18). */
const lockRounds = [50, 10, 1] as const;
/** Requests that one batch may take beside its first ones; what is open then is tried again later. */
const mostExtra = 64;

export interface SendWorld {
  readonly channel: Channel;
  readonly lane: Lane;
  readonly pace: Pace;
  readonly random: Random;
  readonly door: OrgDoor;
  readonly object: OrgObject;
  readonly key: Key;
  readonly recordTypes: RecordTypes;
  /** Records are named by the key itself, and made where there is none. */
  readonly upserts: boolean;
  readonly duplicates: DuplicateRule;
  readonly urgency: Urgency;
  readonly onStart: () => Promise<void>;
  /** Told how many looks it took to see a bulk job end. */
  readonly onLooks: (looks: number) => void;
}

/** Sends one batch: few records by collections, many by a bulk job, and what they refuse for a moment once more. */
export async function sendBatch(world: SendWorld, records: readonly TargetRecord[]): Promise<SendResult> {
  let lookUpCalls = 0;
  let writeCalls = 0;
  const reading = metered(world.channel, () => (lookUpCalls += 1));
  const writing = metered(world.channel, () => (writeCalls += 1));
  const result = await new Batch(world, { reading, writing }, records).send();
  return { ...result, calls: lookUpCalls + writeCalls, lookUpCalls };
}

/** The two ways to the org, told apart so that calls are counted by what they are for. */
interface Ways {
  readonly reading: Channel;
  readonly writing: Channel;
}

class Batch {
  readonly #world: SendWorld;
  readonly #ways: Ways;
  readonly #records: readonly TargetRecord[];
  readonly #ledger: Ledger;
  #extra = 0;

  constructor(world: SendWorld, ways: Ways, records: readonly TargetRecord[]) {
    this.#world = world;
    this.#ways = ways;
    this.#records = records;
    this.#ledger = new Ledger(records.length, world.object.name, world.duplicates);
  }

  async send(): Promise<SendResult> {
    const { key, upserts, object, recordTypes, channel } = this.#world;
    const references = new Set([...object.fields.values()].filter((each) => each.type === 'reference').map(nameOf));
    const outgoing = this.#records.map((record, place) => toOutgoing(record, place, references));
    await recordTypes.learn(this.#ways.reading, object, outgoing);
    const removed = outgoing.filter(({ place }) => this.#records[place]?.action === 'delete');
    const written = outgoing.filter((record) => !removed.includes(record) && !this.#refusesValues(record));
    const found = await this.#resolve(upserts ? [] : written, removed);
    const ofFound = new Map(found.map((record) => [record.place, record]));
    const take = (records: readonly Outgoing[]): readonly Outgoing[] =>
      byParent(records.flatMap((record) => ofFound.get(record.place) ?? []));
    await this.#write(upserts ? 'upsert' : 'update', upserts ? byParent(written) : take(written).map(withoutKey(key)));
    await this.#chunks('delete', take(removed), this.#world.pace.size);
    await this.#linkAlike();
    await this.#followMerges();
    await this.#tryLocked(upserts ? 'upsert' : 'update');
    return this.#ledger.result(channel.clock.now());
  }

  #refusesValues(record: Outgoing): boolean {
    const { object, recordTypes } = this.#world;
    const problem = choiceProblem(object, record.values, recordTypes.valuesFor(record));
    const misfit = problem === undefined ? misfitOf(object, record.values) : undefined;
    if (problem !== undefined) this.#ledger.settle(record, reject('value-not-allowed', problem));
    if (misfit) this.#ledger.settle(record, reject(misfit.reason, misfit.detail));
    return problem !== undefined || misfit !== undefined;
  }

  async #resolve(written: readonly Outgoing[], removed: readonly Outgoing[]): Promise<readonly Outgoing[]> {
    const world = { ...this.#world, channel: this.#ways.reading };
    const { found, settled } = await recordsMeant(world, { written, removed });
    for (const [record, verdict] of settled) this.#ledger.settle(record, verdict);
    return found;
  }

  async #write(operation: Operation, records: readonly Outgoing[]): Promise<void> {
    const { duplicates, pace } = this.#world;
    // A bulk job has no header that lets duplicates pass, and does not say which record they are like.
    const bulky = duplicates === 'block' && records.length >= bulkFrom;
    const wordy = bulky ? records.filter(({ values }) => cannotBeCsv(values)) : records;
    if (bulky)
      await this.#bulk(
        operation,
        records.filter((record) => !wordy.includes(record)),
      );
    await this.#chunks(operation, wordy, pace.size);
  }

  async #bulk(operation: Operation, records: readonly Outgoing[]): Promise<void> {
    const allowed = this.#throughDoor(operation, records);
    const { onStart, onLooks } = this.#world;
    const reply = await writeBulk(this.#ways.writing, this.#manner(operation), allowed, { onStart, onLooks });
    if (reply.kind === 'refused') this.#ledger.refuse(reply.error);
    else if (reply.kind === 'unanswered') this.#ledger.unanswered(allowed, reply.detail);
    else {
      const again: Outgoing[] = [];
      for (const record of allowed) {
        const errors = reply.items.get(record);
        if (!errors)
          this.#ledger.settle(record, retry('passing-fault', 'the bulk job ended before it came to this record'));
        else if (this.#ledger.take(record, errors)) again.push(record);
      }
      if (again.length > 0) {
        this.#world.pace.tooMuch();
        await this.#chunks(operation, again, this.#world.pace.size, true);
      }
    }
  }

  async #chunks(operation: Operation, records: readonly Outgoing[], size: number, extra = false): Promise<void> {
    for (const chunk of inChunks(records, size)) await this.#chunk(operation, chunk, extra);
  }

  /** One request. What is too much for one transaction goes in halves; one that a record spoils, until it stands alone. */
  async #chunk(operation: Operation, records: readonly Outgoing[], extra: boolean): Promise<void> {
    const { lane, pace, urgency, onStart } = this.#world;
    if (this.#ledger.isOver) return;
    if (extra && ++this.#extra > mostExtra) return;
    const allowed = this.#throughDoor(operation, records);
    if (allowed.length === 0) return;
    const { writing } = this.#ways;
    const send = (): ReturnType<typeof writeCollection> => writeCollection(writing, this.#manner(operation), allowed);
    const reply = await pace.run(() => lane.run({ urgency, prepare: onStart, send }));
    if (reply.kind === 'refused') this.#ledger.refuse(reply.error);
    else if (reply.kind === 'unanswered') {
      pace.tooMuch();
      this.#ledger.unanswered(allowed, reply.detail);
    } else if (reply.kind === 'rejected') {
      const [only] = allowed;
      if (only && allowed.length === 1)
        this.#ledger.judge(only, verdictOf([errorOf(reply.code)], this.#world.object.name));
      else await this.#halves(operation, allowed);
    } else {
      const again = allowed.filter((record, index) => this.#ledger.take(record, reply.items[index] ?? []));
      if (again.length === 0) pace.clean();
      else await this.#fewer(operation, again, allowed.length);
    }
  }

  async #fewer(operation: Operation, records: readonly Outgoing[], sent: number): Promise<void> {
    this.#world.pace.tooMuch();
    if (sent > 1) return this.#halves(operation, records);
    const why = 'its automation runs out of time for this record alone';
    for (const record of records) this.#ledger.settle(record, reject('rejected-by-target', why));
  }

  async #halves(operation: Operation, records: readonly Outgoing[]): Promise<void> {
    const middle = Math.ceil(records.length / 2);
    for (const half of [records.slice(0, middle), records.slice(middle)]) {
      if (half.length > 0) await this.#chunk(operation, half, true);
    }
  }

  /** K-22: the one record that a new one duplicates is updated in its place, and bears its key from then on. */
  async #linkAlike(): Promise<void> {
    const linked = this.#ledger.takeAlike().flatMap(({ record, ids }) => {
      const [only, ...others] = [...new Set(ids)];
      if (only !== undefined && others.length === 0) return [{ ...record, id: only }];
      this.#ledger.settle(record, reject('rejected-duplicate', duplicateWords(ids)));
      return [];
    });
    await this.#chunks('update', linked, this.#world.pace.size, true);
    for (const { record, ids } of this.#ledger.takeAlike())
      this.#ledger.settle(record, reject('rejected-duplicate', duplicateWords(ids)));
  }

  /** K-26: what was merged into another record is written there. */
  async #followMerges(): Promise<void> {
    const deleted = this.#ledger.takeDeleted();
    if (deleted.length === 0) return;
    const { object } = this.#world;
    const masters = await survivors(this.#ways.reading, object, deleted).catch((error: unknown) => {
      // Other records of the batch are written: what cannot be looked up now is for later.
      if (error instanceof PlumblineError) return undefined;
      throw error;
    });
    if (!masters) {
      for (const record of deleted)
        this.#ledger.settle(record, retry('passing-fault', 'what became of it is not known yet'));
      return;
    }
    const moved = deleted.flatMap((record) => {
      const master = masters.get(record.id ?? '');
      if (master !== undefined) return [{ ...record, id: master }];
      this.#ledger.settle(record, reject('rejected-not-found', `the ${object.name} was deleted`));
      return [];
    });
    await this.#chunks('update', moved, this.#world.pace.size, true);
    for (const record of this.#ledger.takeDeleted()) {
      this.#ledger.settle(record, reject('rejected-not-found', `the ${object.name} was deleted`));
    }
  }

  /** K-18: locked rows once more after a moment, in smaller requests that go one by one. */
  async #tryLocked(operation: Operation): Promise<void> {
    const { channel, pace, random } = this.#world;
    for (const [round, size] of lockRounds.entries()) {
      if (this.#ledger.isOver) break;
      const locked = this.#ledger.takeLocked();
      if (locked.length === 0) break;
      pace.locked();
      await channel.clock.sleep(backOff(round + 1, random));
      const byId = locked.filter(({ id }) => id !== undefined);
      await this.#chunks(
        operation,
        locked.filter(({ id }) => id === undefined),
        size,
        true,
      );
      await this.#chunks('update', byId, size, true);
    }
    const why = 'another user or job holds the record or its parent';
    for (const record of this.#ledger.takeLocked()) this.#ledger.settle(record, retry('passing-fault', why));
  }

  #throughDoor(operation: Operation, records: readonly Outgoing[]): readonly Outgoing[] {
    return records.filter((record) => {
      const problem = this.#world.door.refusal(operation, record.values);
      if (problem !== undefined) this.#ledger.settle(record, reject('not-allowed', problem));
      return problem === undefined;
    });
  }

  #manner(operation: Operation): Manner {
    const { object, key, duplicates } = this.#world;
    return { operation, object: object.name, keyField: key.field.name, duplicates };
  }
}

function nameOf({ name }: { readonly name: string }): string {
  return name;
}

function errorOf(code: string): ItemError {
  return { code, message: '', fields: [], duplicates: [] };
}
