/**
 * Errors, by what to do next. Each says in plain words what is wrong and where, and carries the actions that mend it.
 * No message ever carries a secret or a record's values.
 */
export abstract class PlumblineError extends Error {
  abstract readonly next: 'fixRecord' | 'fixSettings' | 'wait' | 'retry';
  /** What the user can do, one sentence each. */
  readonly actions: readonly string[];

  constructor(message: string, actions: readonly string[], options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.actions = actions;
  }
}

/** Configuration, credentials or rights are wrong: nothing will work until a person mends them. */
export class SettingsError extends PlumblineError {
  readonly next = 'fixSettings';
}

/** The other side no longer accepts our credentials. */
export class CredentialsError extends SettingsError {}

/** One record is wrong: the others go on. */
export class RecordError extends PlumblineError {
  readonly next = 'fixRecord';
}

/** A limit is reached: it works again by itself after `untilMilliseconds` (since 1970). */
export class WaitError extends PlumblineError {
  readonly next = 'wait';
  readonly untilMilliseconds: number;

  constructor(message: string, untilMilliseconds: number, actions: readonly string[], options?: ErrorOptions) {
    super(message, actions, options);
    this.untilMilliseconds = untilMilliseconds;
  }
}

/** A passing fault: the same thing may work in a moment. */
export class RetryError extends PlumblineError {
  readonly next = 'retry';

  constructor(message: string, actions: readonly string[], options?: ErrorOptions) {
    super(message, actions.length > 0 ? actions : ['Nothing to do: it is tried again by itself.'], options);
  }
}

/** A full read cannot be resumed where it stopped: start it again, what is accounted for stays so. */
export class PositionLostError extends RetryError {}

/** Another process holds what this one needs to go on: stop before the next request. */
export class LeaseLostError extends PlumblineError {
  readonly next = 'wait';
}
