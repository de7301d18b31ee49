import type { VirtualClock } from '../../scripts/engine/testing/index.ts';

/** Milliseconds after leaving within which Iterable may still apply a request, as the connection's settings say. */
const lateMilliseconds = 10_000;

/** A bulk update that has left. */
interface Delivery {
  readonly keys: readonly string[];
}

/** Watches the bulk updates that leave: a key must never be in two that can still be applied. */
export class Deliveries {
  readonly #clock: VirtualClock;
  /** Until when a key may still be changed by a request that has left, by the request. */
  readonly #open = new Map<Delivery, number>();
  readonly #doubled: string[] = [];
  readonly #keysOf: (body: string) => readonly string[];

  constructor(clock: VirtualClock, keysOf: (body: string) => readonly string[] = keysOfUsers) {
    this.#clock = clock;
    this.#keysOf = keysOf;
  }

  /** One line for each key that left again too soon. */
  get doubled(): readonly string[] {
    return this.#doubled;
  }

  left(body: string | undefined): Delivery {
    const keys = body === undefined ? [] : this.#keysOf(body);
    const now = this.#clock.now();
    for (const [other, until] of this.#open) {
      if (until <= now) this.#open.delete(other);
      else for (const key of keys) if (other.keys.includes(key)) this.#doubled.push(this.#line(key, until));
    }
    const delivery = { keys };
    this.#open.set(delivery, now + lateMilliseconds);
    return delivery;
  }

  answered(delivery: Delivery): void {
    this.#open.delete(delivery);
  }

  #line(key: string, until: number): string {
    const time = (at: number): string => new Date(at).toISOString().slice(11, 23);
    return `${key} left again at ${time(this.#clock.now())}, while an earlier request could be applied until ${time(until)}`;
  }
}

function keysOfUsers(body: string): readonly string[] {
  if (!body.startsWith('{"users":')) return [];
  return (JSON.parse(body) as { users: { email: string }[] }).users.map((user) => user.email);
}
