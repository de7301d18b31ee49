import type { ServerMessage } from './message.ts';
import type { OrgClock } from '../core/index.ts';
import type { BusEvent, Reader } from '../pubsub/index.ts';

/** Events that one answer brings at most. */
const BATCH = 100;

/** One client after its handshake: what it subscribed to, and its open connect, if any. */
export class CometdClient {
  readonly id: string;
  readonly userId: string;
  /** When it was heard of last, in milliseconds since 1970. */
  seenAt: number;
  readonly #readers = new Map<string, Reader>();
  #waiting = new AbortController();
  #connected = false;
  #closed = false;

  constructor(id: string, userId: string, now: number) {
    this.id = id;
    this.userId = userId;
    this.seenAt = now;
  }

  subscribe(channel: string, reader: Reader): void {
    this.#readers.set(channel, reader);
    this.#wake();
  }

  unsubscribe(channel: string): boolean {
    return this.#readers.delete(channel);
  }

  /** Ends the open connect: the client is gone. */
  close(): void {
    this.#closed = true;
    this.#wake();
  }

  /** Lets the open connect look again. */
  #wake(): void {
    this.#waiting.abort();
  }

  /**
   * The events that are there, as soon as there are any; none after `milliseconds`, or when the caller hangs up. The
   * first connect after a handshake does not wait. Throws `PubSubError` when the allocation is used up.
   */
  async events(
    toMessage: (channel: string, event: BusEvent) => ServerMessage,
    { clock, milliseconds, signal }: { clock: OrgClock; milliseconds: number; signal: AbortSignal },
  ): Promise<readonly ServerMessage[]> {
    const first = !this.#connected;
    this.#connected = true;
    let over = first;
    const cancel = clock.after(milliseconds, () => {
      over = true;
      this.#wake();
    });
    const hangUp = (): void => {
      over = true;
      this.#wake();
    };
    signal.addEventListener('abort', hangUp);
    try {
      for (;;) {
        const messages = [...this.#readers].flatMap(([channel, reader]) =>
          reader.read(BATCH).map((event) => toMessage(channel, event)),
        );
        if (messages.length > 0 || over || this.#closed) return messages;
        this.#waiting = new AbortController();
        const parked = this.#waiting.signal;
        const aborted = new Promise<void>((resolve) => parked.addEventListener('abort', () => resolve()));
        await Promise.race([aborted, ...[...this.#readers.values()].map((reader) => reader.wait(parked))]);
        this.#waiting.abort();
      }
    } finally {
      cancel();
      signal.removeEventListener('abort', hangUp);
    }
  }
}
