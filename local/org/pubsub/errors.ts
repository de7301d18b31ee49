/** The status names of gRPC that the bus answers with. */
export type PubSubStatus =
  'INVALID_ARGUMENT' | 'NOT_FOUND' | 'UNAUTHENTICATED' | 'RESOURCE_EXHAUSTED' | 'FAILED_PRECONDITION' | 'UNAVAILABLE';

const prefix = 'sfdc.platform.eventbus.grpc.';

/** A refusal of the event bus: a gRPC status, and the code that the API puts into the trailer `error-code`. */
export class PubSubError extends Error {
  readonly status: PubSubStatus;
  readonly errorCode: string;

  constructor(status: PubSubStatus, errorCode: string, message: string) {
    super(message);
    this.status = status;
    this.errorCode = prefix + errorCode;
  }
}

/** Source: the wording of the API for a topic that is misspelt, and for an object not selected for change events. */
export function topicNotFound(orgId: string, topic: string): PubSubError {
  return new PubSubError(
    'NOT_FOUND',
    'topic.not.found',
    `The topic information for org CORE/local/${orgId} and topic ${topic} not found. Ensure the topic name is correct and that the topic exists.`,
  );
}

export function replayIdCorrupted(topic: string): PubSubError {
  return new PubSubError(
    'INVALID_ARGUMENT',
    'subscription.fetch.replayid.corrupted',
    `The Replay ID for topic ${topic} is corrupted. Ensure the Replay ID is not corrupted or manipulated.`,
  );
}

export function replayIdPurged(topic: string): PubSubError {
  return new PubSubError(
    'INVALID_ARGUMENT',
    'subscription.fetch.replayid.validation.failed',
    `The Replay ID validation failed for topic ${topic}: the event has been purged or was never there.`,
  );
}
