import type { ChangeEvent, ChangeHeader } from './change-events.ts';
import type { Logged } from './event-log.ts';
import { changeTopic } from './topics.ts';

/** One event of the bus: a record's change (with `header`) or a platform event. */
export interface BusEvent extends Logged {
  readonly topic: string;
  /** `EventUuid`. */
  readonly id: string;
  readonly object: string;
  readonly isChange: boolean;
  readonly header: ChangeHeader | undefined;
  /** JSON-typed, by field name. */
  readonly values: ReadonlyMap<string, unknown>;
  /** The same change with these fields, too, whether they changed or not: of an update or a delete; empty ones stay out. */
  enrichedBy?(fields: readonly string[]): BusEvent;
}

/** A record's change; its header and values are worked out when someone asks for them. */
export class ChangeBusEvent implements BusEvent {
  readonly replayId: number;
  readonly at: number;
  readonly id: string;
  readonly isChange = true;
  readonly #change: ChangeEvent;

  constructor(
    change: ChangeEvent,
    { replayId, at, id }: { readonly replayId: number; readonly at: number; readonly id: string },
  ) {
    this.replayId = replayId;
    this.at = at;
    this.id = id;
    this.#change = change;
  }

  get object(): string {
    return this.#change.object;
  }

  get topic(): string {
    return changeTopic(this.#change.object);
  }

  get header(): ChangeHeader {
    return this.#change.header;
  }

  get values(): ReadonlyMap<string, unknown> {
    return this.#change.values;
  }

  /** Source: Change Data Capture guide, "Enrich Change Events with Extra Fields". */
  enrichedBy(fields: readonly string[]): BusEvent {
    const { header, replayId, at, topic, id, object, isChange } = this;
    if (header.changeType !== 'UPDATE' && header.changeType !== 'DELETE') return this;
    const values = new Map(this.values);
    for (const field of fields) {
      const value = this.#change.held(field);
      if (value !== null && !values.has(field)) values.set(field, value);
    }
    return { replayId, at, topic, id, object, isChange, header, values };
  }
}

/**
 * One event for two, when a transaction did the same to both records: with the IDs of both and the place of the later.
 * `undefined` when they are not the same. Source: Change Data Capture guide, "Merged Change Events".
 */
export function merged(event: BusEvent, next: BusEvent): BusEvent | undefined {
  if (!event.isChange || !next.isChange || event.object !== next.object || event.at !== next.at) return undefined;
  const [header, other] = [event.header, next.header];
  if (header === undefined || header.transactionKey !== other?.transactionKey) return undefined;
  const { changeType } = header;
  if (changeType !== other.changeType || (changeType !== 'UPDATE' && changeType !== 'DELETE')) return undefined;
  if (!sameValues(event.values, next.values)) return undefined;
  const { topic, id, object, values, at } = event;
  const recordIds = [...header.recordIds, ...other.recordIds];
  return { topic, id, object, values, at, isChange: true, replayId: next.replayId, header: { ...header, recordIds } };
}

function sameValues(left: ReadonlyMap<string, unknown>, right: ReadonlyMap<string, unknown>): boolean {
  if (left.size !== right.size) return false;
  for (const [name, value] of left) if (!right.has(name) || right.get(name) !== value) return false;
  return true;
}
