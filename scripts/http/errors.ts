import { RetryError } from '../engine/index.ts';

/** The request never left: nothing was applied, and it may be sent again at once. */
export class NotSentError extends RetryError {
  constructor(message: string, options?: ErrorOptions) {
    super(message, ['Check the address and the network; it is tried again by itself.'], options);
  }
}

/** The request left and no answer came: it may have been applied, or may still be. */
export class UnansweredError extends RetryError {
  constructor(message: string, options?: ErrorOptions) {
    super(message, ['Nothing to do: what became of it is found out, and it is tried again by itself.'], options);
  }
}
