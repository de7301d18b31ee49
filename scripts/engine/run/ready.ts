import { recordOf, type Planned } from '../plan/index.ts';
import type { Target, TargetRecord, Urgency } from '../ports/index.ts';

/** A record of a request that is about to leave. */
export interface Parcel {
  readonly planned: Planned;
  readonly record: TargetRecord;
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

  /** False, taking nothing, when the record alone is larger than a request may be. */
  add(planned: Planned): boolean {
    const { overhead, limits } = this.#target;
    const bytes = this.#bytesOf(recordOf(planned));
    if (bytes + overhead.batchBytes > limits.maxBytes) return false;
    this.#queues[planned.candidate.entrance].add(planned, bytes);
    return true;
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
        const planned = queue.first;
        if (!planned) break;
        const record = recordOf(planned);
        const its = this.#bytesOf(record);
        if (bytes + its > this.#target.limits.maxBytes) break;
        queue.shift(its);
        parcels.push({ planned, record });
        bytes += its;
      }
    }
    return { parcels, urgency };
  }

  /** Takes out everything that waits. */
  clear(): readonly Planned[] {
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
  #planned: Planned[] = [];
  #start = 0;
  /** Of their requests, at most. */
  bytes = 0;

  get length(): number {
    return this.#planned.length - this.#start;
  }

  get first(): Planned | undefined {
    return this.#planned[this.#start];
  }

  add(planned: Planned, bytes: number): void {
    this.#planned.push(planned);
    this.bytes += bytes;
  }

  /** Lets go of the first, which was so large. */
  shift(bytes: number): void {
    this.bytes -= bytes;
    this.#start++;
    if (this.#start < 500 && this.#start < this.#planned.length) return;
    this.#planned = this.#planned.slice(this.#start);
    this.#start = 0;
  }

  clear(): readonly Planned[] {
    const left = this.#planned.slice(this.#start);
    this.#planned = [];
    this.#start = 0;
    this.bytes = 0;
    return left;
  }
}
