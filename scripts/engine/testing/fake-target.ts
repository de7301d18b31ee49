import type { PlumblineError } from '../errors.ts';
import type {
  Clock,
  Delivery,
  ObjectDescription,
  SendResult,
  Target,
  TargetLimits,
  TargetRecord,
  Urgency,
} from '../index.ts';

/** What happens to one request. `late`: applied after so many milliseconds, and never answered. */
export type Fate =
  | { readonly kind: 'answered' }
  | { readonly kind: 'refused'; readonly error: PlumblineError }
  | { readonly kind: 'unanswered'; readonly applied: boolean }
  | { readonly kind: 'late'; readonly milliseconds: number };

export interface FakeRequest {
  readonly at: number;
  readonly urgency: Urgency;
  readonly records: readonly TargetRecord[];
}

/** A target in memory that remembers what it holds, what it was asked, and can be hurt request by request. */
export class FakeTarget implements Target {
  readonly records = new Map<string, string>();
  readonly requests: FakeRequest[] = [];
  readonly limits: TargetLimits;
  readonly overhead = { batchBytes: 20, recordBytes: 5 };
  readonly #clock: Clock;
  readonly #inFlight = new Set<string>();
  /** Keys that were in two unanswered requests at once: must stay empty. */
  readonly doubled: string[] = [];
  latencyMilliseconds = 20;
  fate: (request: FakeRequest) => Fate = () => ({ kind: 'answered' });
  answer: (record: TargetRecord) => Delivery = () => ({ kind: 'delivered' });
  /** Throws when the credentials are wrong. */
  checkCredentials: () => void = () => undefined;

  constructor(clock: Clock, limits: Partial<TargetLimits> = {}) {
    this.#clock = clock;
    this.limits = {
      maxRecords: 5,
      maxBytes: 10_000,
      maxInFlight: 2,
      lateApplyMilliseconds: 10_000,
      requestsPerSecond: 5,
      ...limits,
    };
  }

  async describe(object: string): Promise<ObjectDescription> {
    return { object, label: object, fields: new Map() };
  }

  normaliseKey(_object: string, value: string): ReturnType<Target['normaliseKey']> {
    const key = value.trim().toLowerCase();
    if (key === '') return { reason: 'no-key' };
    return key.includes('@') ? { key } : { reason: 'invalid-key' };
  }

  async send(
    _object: string,
    records: readonly TargetRecord[],
    urgency: Urgency,
    onStart: () => Promise<void>,
  ): Promise<SendResult> {
    await onStart();
    const request = { at: this.#clock.now(), urgency, records };
    this.requests.push(request);
    for (const { key } of records) {
      if (this.#inFlight.has(key)) this.doubled.push(key);
      this.#inFlight.add(key);
    }
    const fate = this.fate(request);
    const deliveries = records.map((record) => this.answer(record));
    await this.#clock.sleep(this.latencyMilliseconds);
    if (fate.kind === 'late') {
      void this.#clock.sleep(fate.milliseconds).then(() => this.#apply(records, deliveries));
      return { kind: 'unanswered', detail: 'the connection was cut' };
    }
    if (fate.kind === 'answered' || (fate.kind === 'unanswered' && fate.applied)) this.#apply(records, deliveries);
    else this.#free(records);
    if (fate.kind === 'refused') return { kind: 'refused', error: fate.error };
    return fate.kind === 'answered'
      ? { kind: 'answered', deliveries }
      : { kind: 'unanswered', detail: 'the connection was cut' };
  }

  async read(
    _object: string,
    keys: readonly string[],
  ): Promise<ReadonlyMap<string, Readonly<Record<string, unknown>>>> {
    const found = keys.filter((key) => this.records.has(key));
    return new Map(found.map((key) => [key, JSON.parse(this.records.get(key) as string) as Record<string, unknown>]));
  }

  async check(): Promise<{ readonly account: string }> {
    this.checkCredentials();
    return { account: 'fake' };
  }

  #apply(records: readonly TargetRecord[], deliveries: readonly Delivery[]): void {
    records.forEach((record, index) => {
      if (deliveries[index]?.kind !== 'delivered') return;
      if (record.action === 'delete') this.records.delete(record.key);
      else this.records.set(record.key, record.json);
    });
    this.#free(records);
  }

  #free(records: readonly TargetRecord[]): void {
    for (const { key } of records) this.#inFlight.delete(key);
  }
}
