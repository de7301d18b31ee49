import { PubSubError } from './errors.ts';

/**
 * A subscription whose place the org keeps. Source: Pub/Sub API guide, "Managed Event Subscriptions", and Metadata API,
 * `ManagedEventSubscription`.
 */
export interface ManagedSubscription {
  readonly id: string;
  readonly developerName: string;
  readonly topicName: string;
  readonly state: 'RUN' | 'STOP';
  /** Where a reader begins who has committed nothing yet. */
  readonly defaultReplay: 'LATEST' | 'EARLIEST';
  /** Where a reader begins whose place was purged. */
  readonly errorRecoveryReplay: 'LATEST' | 'EARLIEST';
}

/** The managed subscriptions of an org, with the replay IDs that were committed to them. */
export class ManagedSubscriptions {
  #byName = new Map<string, ManagedSubscription>();
  readonly #committed = new Map<string, number>();

  /** Puts these in place of those before; what was committed to one that stays is kept. */
  replace(subscriptions: readonly ManagedSubscription[]): void {
    this.#byName = new Map(subscriptions.map((each) => [each.developerName, each]));
    for (const name of this.#committed.keys()) if (!this.#byName.has(name)) this.#committed.delete(name);
  }

  /** By ID or developer name. Throws `PubSubError` for one that is not there or is stopped. */
  find({ id, developerName }: { readonly id: string; readonly developerName: string }): ManagedSubscription {
    const found =
      developerName === ''
        ? [...this.#byName.values()].find((each) => id !== '' && each.id.slice(0, 15) === id.slice(0, 15))
        : this.#byName.get(developerName);
    if (found === undefined) {
      const message = `There is no managed subscription ${developerName === '' ? id : developerName} in this org`;
      throw new PubSubError('NOT_FOUND', 'subscription.managed.not.found', message);
    }
    if (found.state === 'STOP') {
      const message = `The managed subscription ${found.developerName} is stopped`;
      throw new PubSubError('FAILED_PRECONDITION', 'subscription.managed.stopped', message);
    }
    return found;
  }

  committed(subscription: ManagedSubscription): number | undefined {
    return this.#committed.get(subscription.developerName);
  }

  commit(subscription: ManagedSubscription, replayId: number): void {
    this.#committed.set(subscription.developerName, replayId);
  }
}
