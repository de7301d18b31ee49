import type { Planned } from '../plan/index.ts';
import type { Target, TargetRecord, Urgency } from '../ports/index.ts';

/** A record that is planned and waits for its request. */
export interface Parcel {
  readonly planned: Planned;
  readonly record: TargetRecord;
  /** Of its request, at most. */
  readonly bytes: number;
}

export interface Batch {
  readonly parcels: readonly Parcel[];
  readonly urgency: Urgency;
}

/** Records that wait for a request, live before bulk, cut into batches by the target's limits of records and bytes. */
export class Ready {
  readonly #target: Pick<Target, 'limits' | 'overhead'>;
  readonly #queues: Readonly<Record<Urgency, Queue>> = { live: new Queue(), bulk: new Queue() };

  constructor(target: Pick<Target, 'limits' | 'overhead'>) {
    this.#target = target;
  }

  /** Undefined when the record alone is larger than a request may be. */
  parcel(planned: Planned, record: TargetRecord): Parcel | undefined {
    const { overhead, limits } = this.#target;
    const bytes = this.#bytesOf(record);
    return bytes + overhead.batchBytes > limits.maxBytes ? undefined : { planned, record, bytes };
  }

  add(parcel: Parcel): void {
    this.#queues[parcel.planned.candidate.entrance].add(parcel);
  }

  /** What can be cut now: live work at once, bulk rows when a batch is full or `partly` is allowed. */
  next(allowed: Readonly<Record<Urgency, boolean>>, partly: boolean): Urgency | undefined {
    if (allowed.live && this.#queues.live.length > 0) return 'live';
    const { bulk } = this.#queues;
    if (!allowed.bulk || bulk.length === 0) return undefined;
    const { limits, overhead } = this.#target;
    const full = bulk.length >= limits.maxRecords || bulk.bytes + overhead.batchBytes >= limits.maxBytes;
    return full || partly ? 'bulk' : undefined;
  }

  /** A batch of that urgency; room left in a live one is filled with bulk rows. */
  cut(urgency: Urgency): Batch {
    const parcels: Parcel[] = [];
    let bytes = this.#target.overhead.batchBytes;
    for (const queue of urgency === 'live' ? [this.#queues.live, this.#queues.bulk] : [this.#queues.bulk]) {
      while (parcels.length < this.#target.limits.maxRecords) {
        const parcel = queue.first;
        if (!parcel || bytes + parcel.bytes > this.#target.limits.maxBytes) break;
        queue.shift();
        parcels.push(parcel);
        bytes += parcel.bytes;
      }
    }
    return { parcels, urgency };
  }

  /** Takes out everything that waits. */
  clear(): readonly Parcel[] {
    return [...this.#queues.live.clear(), ...this.#queues.bulk.clear()];
  }

  /** Of records so small that a full batch of them always fits, the most that it may be: they need no counting. */
  #bytesOf({ json, key }: TargetRecord): number {
    const { overhead, limits } = this.#target;
    // A character of JavaScript is at most three bytes of UTF-8.
    const most = (json.length + key.length) * 3 + overhead.recordBytes;
    if (most * limits.maxRecords + overhead.batchBytes <= limits.maxBytes) return most;
    return Buffer.byteLength(json) + Buffer.byteLength(key) + overhead.recordBytes;
  }
}

/** First in, first out, without moving what stays. */
class Queue {
  #parcels: Parcel[] = [];
  #start = 0;
  bytes = 0;

  get length(): number {
    return this.#parcels.length - this.#start;
  }

  get first(): Parcel | undefined {
    return this.#parcels[this.#start];
  }

  add(parcel: Parcel): void {
    this.#parcels.push(parcel);
    this.bytes += parcel.bytes;
  }

  shift(): void {
    this.bytes -= this.first?.bytes ?? 0;
    this.#start++;
    if (this.#start < 500 && this.#start < this.#parcels.length) return;
    this.#parcels = this.#parcels.slice(this.#start);
    this.#start = 0;
  }

  clear(): readonly Parcel[] {
    const left = this.#parcels.slice(this.#start);
    this.#parcels = [];
    this.#start = 0;
    this.bytes = 0;
    return left;
  }
}
