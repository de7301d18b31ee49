import type { PlumblineError } from '../errors.ts';
import { Settlement, type Planned, type Result } from '../plan/index.ts';
import type { Pauses, SendResult } from '../ports/index.ts';
import { Blocked } from './blocked.ts';
import { Hold } from './hold.ts';
import { InFlight } from './in-flight.ts';
import type { PipelineOptions } from './options.ts';
import { Ready, type Batch, type Parcel } from './ready.ts';
import { recoverUnanswered } from './recover.ts';
import { refusedResult, resultOf, unansweredResult } from './results.ts';

/** Between asking the store to note a request and the request's leaving. */
const storingMilliseconds = 1_000;

/** The pipeline was stopped in good order; what it had not sent is taken up again later. */
export class StoppedError extends Error {}

interface Upstream {
  /** Stores a settlement; `answered` are requests that need no watching any more. */
  readonly commit: (settlement: Settlement, planned: readonly Planned[], answered: readonly string[]) => Promise<void>;
  /** True when batches that are not full may go. */
  readonly partly: () => boolean;
}

/** Sends what is planned, in batches, and settles each answer. */
export class Dispatch {
  readonly failure: Promise<never>;
  readonly #options: PipelineOptions;
  readonly #upstream: Upstream;
  readonly #ready: Ready;
  readonly #hold: Hold;
  readonly #blocked = new Blocked();
  readonly #inFlight: InFlight;
  readonly #requests = new Set<Promise<void>>();
  #unsent: Planned[] = [];
  /** Aborted when the pipeline is over, with what ended it. */
  readonly #ended = new AbortController();
  #reject: (error: Error) => void = () => undefined;
  #pumping = false;
  #wanted = false;
  #woken = 0;

  constructor(options: PipelineOptions, upstream: Upstream) {
    this.#options = options;
    this.#upstream = upstream;
    this.#ready = new Ready(options.target);
    this.#inFlight = new InFlight(options.target.limits.maxInFlight);
    this.#hold = new Hold(options.clock, options.random, options.target);
    this.failure = new Promise((_, reject) => {
      this.#reject = reject;
    });
    // Whoever waits for the pipeline races with it; nobody may be waiting when it fails.
    this.failure.catch(() => undefined);
    options.signal.addEventListener('abort', () => this.fail(options.signal.reason), { once: true });
  }

  get isOver(): boolean {
    return this.#ended.signal.aborted;
  }

  get hasBlocked(): boolean {
    return this.#blocked.size > 0;
  }

  throwIfOver(): void {
    this.#ended.signal.throwIfAborted();
  }

  /** Ends the pipeline for good: nothing more is sent. */
  fail(error: unknown): void {
    const reason = error instanceof Error ? error : new Error(String(error));
    this.#reject(reason);
    this.#ended.abort(reason);
  }

  blockedUntil(key: string | undefined): number {
    return key === undefined ? 0 : this.#blocked.until(key);
  }

  /** Puts a planned record on its way, or settles it at once (false). */
  accept(planned: Planned, settlement: Settlement): boolean {
    if (planned.verdict.kind === 'settle') {
      settlement.settle(planned);
      return false;
    }
    if (this.#ready.add(planned)) return true;
    const detail = `more than ${this.#options.target.limits.maxBytes} bytes`;
    settlement.answer(planned, { kind: 'failed', reason: 'record-too-large', detail, maybeApplied: false });
    return false;
  }

  /** Sends what can be sent. */
  pump(): void {
    this.#wanted = true;
    if (this.#pumping) return;
    this.#pumping = true;
    void this.#pump();
  }

  /** Waits out what a call of the target threw; throws what cannot be waited out, and what ends the pipeline meanwhile. */
  async wait(error: PlumblineError): Promise<void> {
    this.#hold.raise(error);
    for (let until = await this.#hold.pass(); until !== undefined; until = await this.#hold.pass()) {
      await this.#options.clock.sleep(until - this.#options.clock.now(), this.#ended.signal);
    }
  }

  async recover(): Promise<void> {
    for (const { batch, keys, until } of await recoverUnanswered(this.#options)) {
      this.#blocked.add(keys, until);
      this.#blocked.watch(batch, until);
    }
  }

  /** Ends the pipeline in good order: requests that have left go on. */
  end(): void {
    this.fail(new StoppedError('The pipeline was stopped.'));
  }

  /** Of a pipeline that has ended: resolves when the requests that had left are settled, with what was not sent. */
  async left(): Promise<readonly Planned[]> {
    await Promise.all(this.#requests);
    return [...this.#unsent, ...this.#ready.clear()];
  }

  async #pump(): Promise<void> {
    try {
      while (this.#wanted) {
        this.#wanted = false;
        await this.#sendAll();
      }
    } catch (error) {
      this.fail(error);
    } finally {
      this.#pumping = false;
    }
  }

  async #sendAll(): Promise<void> {
    while (!this.isOver) {
      const urgency = this.#ready.next(this.#inFlight.allowed, this.#upstream.partly());
      if (!urgency) return;
      const until = await this.#hold.pass();
      if (until !== undefined) {
        this.#wakeAt(until);
        return;
      }
      const pauses = await this.#options.pauses();
      if (this.isOver) return;
      const batch = await this.#throughDoor(await this.#withoutPaused(this.#ready.cut(urgency), pauses));
      if (batch.parcels.length > 0) this.#launch(batch);
    }
  }

  #wakeAt(until: number): void {
    if (this.#woken >= until) return;
    this.#woken = until;
    const { clock } = this.#options;
    clock.sleep(until - clock.now(), this.#ended.signal).then(
      () => this.pump(),
      (error: unknown) => this.fail(error),
    );
  }

  /** Records of a paused sync are held: planned again from current values when it is resumed. */
  async #withoutPaused(batch: Batch, pauses: Pauses): Promise<Batch> {
    const isPaused = ({ planned }: Parcel): boolean =>
      pauses.has('*') || pauses.has(this.#options.connection) || pauses.has(planned.candidate.policy.name);
    if (pauses.size === 0) return batch;
    const why = {
      kind: 'held',
      reason: 'paused',
      detail: '',
      dueAt: this.#options.clock.now(),
      countAttempt: false,
      maybeApplied: false,
    } as const;
    return this.#without(batch, new Map(batch.parcels.filter(isPaused).map((parcel) => [parcel, why])));
  }

  /** The last door: what a record would write is read from the very text that would leave. */
  async #throughDoor(batch: Batch): Promise<Batch> {
    const refused = new Map<Parcel, Result>();
    for (const parcel of batch.parcels) {
      const { candidate, createdIn } = parcel.planned;
      const detail = candidate.policy.door.leaving(this.#options.targetObject, parcel.record, createdIn !== undefined);
      if (detail === undefined) continue;
      refused.set(parcel, { kind: 'failed', reason: 'not-allowed', detail, maybeApplied: false });
    }
    return this.#without(batch, refused);
  }

  /** Stores what came of records that do not leave; returns the others. */
  async #without(batch: Batch, staying: ReadonlyMap<Parcel, Result>): Promise<Batch> {
    if (staying.size === 0) return batch;
    const settlement = new Settlement(this.#options.clock.now());
    for (const [{ planned }, result] of staying) settlement.answer(planned, result);
    const planned = Array.from(staying.keys(), (parcel) => parcel.planned);
    await this.#upstream.commit(settlement, planned, []);
    return { ...batch, parcels: batch.parcels.filter((parcel) => !staying.has(parcel)) };
  }

  #launch(batch: Batch): void {
    const arrived = this.#inFlight.leave(batch.urgency);
    const request = this.#request(batch, arrived)
      .catch((error: unknown) => this.fail(error))
      .finally(() => {
        arrived();
        this.#requests.delete(request);
        this.pump();
      });
    this.#requests.add(request);
  }

  async #request({ parcels, urgency }: Batch, arrived: () => void): Promise<void> {
    const { store, target, targetObject, keySpace, makeId, clock } = this.#options;
    const id = makeId();
    const keys = parcels.map((parcel) => parcel.record.key);
    const late = target.limits.lateApplyMilliseconds;
    const watch = (): Promise<void> =>
      store.sending({ batch: id, keySpace, keys, until: clock.now() + late + storingMilliseconds });
    const leave = async (): Promise<void> => {
      // A process that stood still meanwhile may have lost its store: it has to ask once more.
      for (let asked = Number.NEGATIVE_INFINITY; clock.now() - asked > storingMilliseconds;) {
        this.throwIfOver();
        asked = clock.now();
        await watch();
      }
    };
    const planned = parcels.map((parcel) => parcel.planned);
    let result: SendResult;
    try {
      result = await target.send(
        targetObject,
        parcels.map((parcel) => parcel.record),
        urgency,
        leave,
      );
    } catch (error) {
      if (error !== this.#ended.signal.reason) throw error;
      this.#unsent.push(...planned);
      return;
    }
    if (result.kind === 'refused' && result.error === this.#ended.signal.reason) {
      this.#unsent.push(...planned);
      return;
    }
    if (isLost(result)) await watch();
    const { settlement, answered } = this.#settle(planned, keys, id, result);
    // The next request need not wait until this one's answer is stored.
    arrived();
    this.pump();
    await this.#upstream.commit(settlement, planned, answered);
  }

  /** Settles what was answered; `answered` are the requests that need no watching any more. */
  #settle(
    planned: readonly Planned[],
    keys: readonly string[],
    id: string,
    result: SendResult,
  ): { readonly settlement: Settlement; readonly answered: readonly string[] } {
    const now = this.#options.clock.now();
    const settlement = new Settlement(now);
    const resultFor = this.#answers(planned, keys, result, now);
    for (let index = 0; index < planned.length; index++) {
      const each = planned[index] as Planned;
      const ruled = resultFor(index);
      settlement.answer(each, ruled);
      this.#keep(each, ruled, now);
    }
    const [first] = planned;
    if (first) settlement.tally.calls(first.candidate.run, result);
    if (isLost(result)) this.#blocked.watch(id, now + this.#options.target.limits.lateApplyMilliseconds);
    return { settlement, answered: [...(isLost(result) ? [] : [id]), ...this.#blocked.over(now)] };
  }

  #keep({ candidate, verdict }: Planned, result: Result, at: number): void {
    const { exchanges } = this.#options;
    if (!exchanges) return;
    const { policy, source, entrance, run } = candidate;
    const isDelivered = result.kind === 'delivered';
    if (isDelivered && entrance === 'bulk' && !exchanges.takesDelivered(run, policy.name, source)) return;
    exchanges.keep(policy.name, source, {
      at,
      request: verdict.kind === 'send' && verdict.action === 'delete' ? '' : candidate.json,
      reply: isDelivered ? 'delivered' : `${result.reason}: ${result.detail}`,
    });
  }

  #answers(
    planned: readonly Planned[],
    keys: readonly string[],
    result: SendResult,
    now: number,
  ): (index: number) => Result {
    const { random, target } = this.#options;
    const late = target.limits.lateApplyMilliseconds;
    const candidate = (index: number): Planned['candidate'] => (planned[index] as Planned).candidate;
    if (result.kind === 'refused') {
      const held = this.#hold.raise(result.error);
      return (index) => refusedResult(candidate(index), held, now, random);
    }
    if (result.kind === 'unanswered') {
      this.#blocked.add(keys, now + late);
      this.#hold.faulted(result.detail);
      return (index) => unansweredResult(candidate(index), result.detail, late, now, random);
    }
    const { deliveries } = result;
    if (deliveries.length !== planned.length) {
      throw new Error(
        `The target answered ${deliveries.length} of ${planned.length} records of a batch; it must answer each.`,
      );
    }
    this.#hold.clear();
    const lost = keys.filter((_, index) => deliveries[index]?.kind === 'unanswered');
    if (lost.length > 0) this.#blocked.add(lost, now + late);
    return (index) => resultOf(deliveries[index] as (typeof deliveries)[number], candidate(index), late, now, random);
  }
}

/** True when some of the batch may still be applied late. */
function isLost(result: SendResult): boolean {
  if (result.kind === 'answered') return result.deliveries.some((delivery) => delivery.kind === 'unanswered');
  return result.kind === 'unanswered';
}
