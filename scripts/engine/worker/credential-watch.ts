import { CredentialsError, PlumblineError } from '../errors.ts';
import type { Clock, IssueChange, Log, Store } from '../ports/index.ts';
import { Bell, type CompiledSync, type Ends } from '../run/index.ts';

interface WatchPorts {
  readonly connections: ReadonlyMap<string, Ends>;
  readonly syncs: ReadonlyMap<string, CompiledSync>;
  readonly store: Pick<Store, 'cursor' | 'commit'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Milliseconds between two looks. */
  readonly every: number;
  readonly signal: AbortSignal;
}

/**
 * Asks each connection whether its credentials are still accepted, also while nothing is sent (P-20): refused ones become
 * an issue of each of its syncs, which closes when they are accepted again.
 */
export class CredentialWatch {
  readonly #ports: WatchPorts;
  readonly #bell = new Bell();

  constructor(ports: WatchPorts) {
    this.#ports = ports;
  }

  /** Something was refused as credentials are: looks at once. */
  hurry(): void {
    this.#bell.ring();
  }

  /** Rejects with the signal's reason, or with what the store throws. */
  async run(): Promise<never> {
    const { clock, every, signal, connections } = this.#ports;
    for (;;) {
      await this.#bell.wait(clock, every, signal);
      for (const [connection, ends] of connections) await this.#look(connection, ends);
    }
  }

  async #look(connection: string, { target }: Ends): Promise<void> {
    try {
      await target?.check();
      await this.#tell(connection, undefined);
    } catch (error) {
      this.#ports.signal.throwIfAborted();
      if (!(error instanceof PlumblineError)) throw error;
      // Any other error does not say whether they are accepted.
      if (error instanceof CredentialsError) await this.#tell(connection, error.message);
    }
  }

  /** What is open is kept among the cursors: a worker that starts anew knows what to close. */
  async #tell(connection: string, refusal: string | undefined): Promise<void> {
    const { store, clock, syncs, log } = this.#ports;
    const name = `credentials/${connection}`;
    const open = JSON.parse((await store.cursor(name)) ?? '[]') as readonly string[];
    if (open.length > 0 === (refusal !== undefined)) return;
    const held = [...syncs.values()].filter((sync) => sync.connection === connection).map((sync) => sync.name);
    const issues = (refusal === undefined ? open : held).map((sync): IssueChange => {
      const issue = { sync, source: `the connection ${connection}`, run: '', at: clock.now() };
      if (refusal === undefined) return { ...issue, outcome: 'settled' };
      return { ...issue, outcome: 'held', reason: 'waiting-for-credentials', detail: refusal };
    });
    const cursor = JSON.stringify(refusal === undefined ? [] : held);
    await store.commit({ cursors: [{ name, cursor }], issues });
    if (refusal !== undefined) log({ level: 'error', message: refusal });
    else log({ level: 'info', message: `The credentials of the connection ${connection} are accepted again` });
  }
}
