import { WaitError, type Delivery, type PlumblineError, type ReasonCode, type SendResult } from '../../engine/index.ts';
import type { DuplicateRule } from './collections.ts';
import type { Outgoing } from './outgoing.ts';
import { reject, verdictOf, type ItemError, type Settled, type Verdict } from './refusals.ts';

/** A new record that the org says is like others that it has. */
export interface Alike {
  readonly record: Outgoing;
  readonly ids: readonly string[];
}

/** What has become of each record of one batch so far, and what is to be tried with those that are still open. */
export class Ledger {
  readonly #object: string;
  readonly #duplicates: DuplicateRule;
  readonly #deliveries: (Delivery | undefined)[];
  #locked: Outgoing[] = [];
  #deleted: Outgoing[] = [];
  #alike: Alike[] = [];
  #refusal: PlumblineError | undefined;
  #silence: string | undefined;

  constructor(records: number, object: string, duplicates: DuplicateRule) {
    this.#object = object;
    this.#duplicates = duplicates;
    this.#deliveries = Array.from({ length: records }, () => undefined);
  }

  /** True when nothing more of the batch may be sent: the org refused it as a whole, or fell silent. */
  get isOver(): boolean {
    return this.#refusal !== undefined || this.#silence !== undefined;
  }

  settle({ place }: Outgoing, { delivery }: Settled): void {
    this.#deliveries[place] = delivery;
  }

  /** Nothing that was not answered yet was applied. */
  refuse(error: PlumblineError): void {
    this.#refusal = error;
  }

  unanswered(records: readonly Outgoing[], detail: string): void {
    this.#silence = detail;
    for (const { place } of records) this.#deliveries[place] = { kind: 'unanswered', detail };
  }

  /** Takes one record's errors; true when it is to be sent again among fewer. */
  take(record: Outgoing, errors: readonly ItemError[]): boolean {
    if (errors.length > 0) return this.judge(record, verdictOf(errors, this.#object));
    const told = record.id === undefined ? {} : { record: record.id };
    this.settle(record, { kind: 'settled', delivery: { kind: 'delivered', ...told } });
    return false;
  }

  /** True when the record is to be sent again among fewer. */
  judge(record: Outgoing, verdict: Verdict): boolean {
    if (verdict.kind === 'tooMuch') return true;
    if (verdict.kind === 'locked') this.#locked.push(record);
    else if (verdict.kind === 'deleted') this.#deleted.push(record);
    else if (verdict.kind === 'settled') this.settle(record, verdict);
    else if (this.#duplicates === 'link') this.#alike.push({ record, ids: verdict.ids });
    else this.settle(record, reject('rejected-duplicate', duplicateWords(verdict.ids)));
    return false;
  }

  takeLocked(): readonly Outgoing[] {
    const locked = this.#locked;
    this.#locked = [];
    return locked;
  }

  takeDeleted(): readonly Outgoing[] {
    const deleted = this.#deleted;
    this.#deleted = [];
    return deleted;
  }

  takeAlike(): readonly Alike[] {
    const alike = this.#alike;
    this.#alike = [];
    return alike;
  }

  /** `now`: milliseconds since 1970. */
  result(now: number): SendResult {
    const settled = this.#deliveries.filter((delivery) => delivery !== undefined);
    if (this.#refusal && settled.length === 0) return { kind: 'refused', error: this.#refusal };
    if (this.#silence !== undefined && settled.every(({ kind }) => kind === 'unanswered')) {
      if (settled.length === this.#deliveries.length) return { kind: 'unanswered', detail: this.#silence };
    }
    const rest = this.#restWaits(now);
    return { kind: 'answered', deliveries: this.#deliveries.map((each) => each ?? rest) };
  }

  /** What was not come to any more. */
  #restWaits(now: number): Delivery {
    const error = this.#refusal;
    if (!error) {
      const detail = this.#silence ?? 'the org refuses records beside this one; it is sent again apart from them';
      return { kind: 'retry', reason: 'passing-fault', detail };
    }
    const wait = error instanceof WaitError ? { afterMilliseconds: error.untilMilliseconds - now } : {};
    return { kind: 'retry', reason: reasonOf(error), detail: error.message, ...wait };
  }
}

export function duplicateWords(ids: readonly string[]): string {
  if (ids.length === 0) return 'it is like a record that is there';
  return ids.length === 1 ? `it is like ${ids[0]}` : `it is like ${ids.length} records, such as ${ids[0]}`;
}

function reasonOf({ next }: PlumblineError): ReasonCode {
  return next === 'wait' ? 'waiting-for-limit' : next === 'fixSettings' ? 'waiting-for-credentials' : 'passing-fault';
}
