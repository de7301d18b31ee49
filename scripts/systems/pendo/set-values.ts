import type { Delivery, SendResult, Urgency } from '../../engine/index.ts';
import type { Lane } from '../../http/index.ts';
import { heldBy } from '../kit/index.ts';
import { readAnswer, refusalOf, wordsOf } from './answers.ts';
import type { Caller, Refusal } from './call.ts';
import { idField, type Kind } from './objects.ts';
import type { Outgoing } from './outgoing.ts';

export interface SetValues {
  readonly caller: Caller;
  readonly lane: Lane;
  readonly kind: Kind;
  readonly urgency: Urgency;
  readonly onStart: () => Promise<void>;
}

/** Requests that one batch may take when Pendo refuses it as a whole; what is open then is tried again later. */
const mostRequests = 64;

/** Records of one metadata group that go into one request. */
interface Part {
  readonly group: string;
  readonly records: readonly Outgoing[];
}

/**
 * Sets values in bulk, one request for each metadata group. It never makes an account or a visitor (`create` is not
 * asked for). What Pendo refuses as a whole, or cannot do in its five minutes, is halved until the culprits stand alone.
 * The answer has one delivery per record of `outgoing`, in their order.
 */
export async function setValues(options: SetValues, outgoing: readonly Outgoing[]): Promise<SendResult> {
  return await new Batch(options, outgoing).send();
}

class Batch {
  readonly #options: SetValues;
  readonly #outgoing: readonly Outgoing[];
  readonly #deliveries = new Map<number, Delivery>();
  #calls = 0;
  #taken = false;

  constructor(options: SetValues, outgoing: readonly Outgoing[]) {
    this.#options = options;
    this.#outgoing = outgoing;
  }

  async send(): Promise<SendResult> {
    const parts: Part[] = partsOf(this.#outgoing);
    while (parts.length > 0) {
      const part = this.#open(parts.pop() as Part);
      if (part.records.length === 0) continue;
      if (this.#calls >= mostRequests) {
        const detail = 'Pendo refuses records beside this one; it is sent again apart from them.';
        for (const each of [part, ...parts]) this.#settle(each, { kind: 'retry', reason: 'passing-fault', detail });
        break;
      }
      const end = await this.#request(part, parts);
      if (end) return end;
    }
    const deliveries = this.#outgoing.map(
      ({ place }): Delivery => this.#deliveries.get(place) ?? { kind: 'delivered' },
    );
    return { kind: 'answered', deliveries, calls: this.#calls };
  }

  /** One request; the result of the whole batch when it ends here. */
  async #request(part: Part, parts: Part[]): Promise<SendResult | undefined> {
    const { kind, caller } = this.#options;
    const path = `/api/v1/metadata/${kind}/${part.group}/value`;
    const body = bodyOf(part, kind);
    const reply = await caller.call({ ...this.#options, method: 'POST', path, body });
    this.#calls += 1;
    if (reply.kind === 'unanswered') {
      if (!this.#taken) return reply;
      for (const each of [part, ...parts]) this.#settle(each, { kind: 'unanswered', detail: reply.detail });
      parts.length = 0;
    } else if (reply.kind === 'failed') {
      if (!this.#taken) return { kind: 'refused', error: reply.error };
      const retry = { kind: 'retry', reason: heldBy(reply.error), detail: reply.error.message } as const;
      for (const each of [part, ...parts]) this.#settle(each, retry);
      parts.length = 0;
    } else if (reply.kind === 'refused') this.#narrow(part, reply.refusal, parts);
    else {
      const deliveries = readAnswer(reply.body, part.records, part.group);
      if (!deliveries) return { kind: 'unanswered', detail: 'The answer of Pendo is not that of a bulk call.' };
      this.#taken = true;
      this.#take(part, deliveries, parts);
    }
    return undefined;
  }

  /** Settles what Pendo named; the rest is asked for again in halves. */
  #take(part: Part, deliveries: readonly (Delivery | undefined)[], parts: Part[]): void {
    const rest: Outgoing[] = [];
    for (const [place, record] of part.records.entries()) {
      const delivery = deliveries[place];
      if (!delivery) rest.push(record);
      else if (delivery.kind !== 'delivered') this.#deliveries.set(record.place, delivery);
    }
    const [only] = rest;
    if (only && part.records.length === 1) this.#deliveries.set(only.place, refusalOf(only, part.group, new Set()));
    else parts.push(...halves({ ...part, records: rest }));
  }

  #narrow(part: Part, refusal: Refusal, parts: Part[]): void {
    const [only] = part.records;
    if (!only || part.records.length > 1) {
      parts.push(...halves(part));
      return;
    }
    this.#taken = true;
    const tooLarge = {
      kind: 'rejected',
      reason: 'record-too-large',
      detail: 'Pendo does not take a request so large',
    } as const;
    const words = wordsOf(refusal.text);
    this.#deliveries.set(only.place, refusal.status === 413 ? tooLarge : refusalOf(only, part.group, words));
  }

  /** Without the records of which another group was refused: they are told once, and the rest of them is not sent. */
  #open({ group, records }: Part): Part {
    return { group, records: records.filter(({ place }) => !this.#deliveries.has(place)) };
  }

  #settle({ records }: Part, delivery: Delivery): void {
    for (const { place } of records) if (!this.#deliveries.has(place)) this.#deliveries.set(place, delivery);
  }
}

function partsOf(outgoing: readonly Outgoing[]): Part[] {
  const groups = new Map<string, Outgoing[]>();
  for (const record of outgoing) {
    for (const group of record.groups.keys()) {
      const others = groups.get(group);
      if (others) others.push(record);
      else groups.set(group, [record]);
    }
  }
  // The last one is sent first.
  return Array.from(groups, ([group, records]) => ({ group, records })).reverse();
}

function halves({ group, records }: Part): Part[] {
  const middle = Math.ceil(records.length / 2);
  return [records.slice(middle), records.slice(0, middle)]
    .filter(({ length }) => length > 0)
    .map((half) => ({ group, records: half }));
}

function bodyOf({ group, records }: Part, kind: Kind): string {
  const id = idField(kind);
  return JSON.stringify(records.map((record) => ({ [id]: record.id, values: record.groups.get(group) ?? {} })));
}

/** Bytes of a batch's bodies beyond the records' own JSON: the ID and `values` stand beside each group once more. */
export const overhead = { batchBytes: 16, recordBytes: 512 };
