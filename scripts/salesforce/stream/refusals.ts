import * as grpc from '@grpc/grpc-js';

import {
  CredentialsError,
  PositionLostError,
  RetryError,
  SettingsError,
  WaitError,
  type PlumblineError,
} from '../../engine/index.ts';

/** Milliseconds: deliveries are counted over a day and come back bit by bit. */
const allocationPause = 15 * 60_000;

/**
 * The error that says what to do next about a stream that failed.
 * Source: Pub/Sub API guide, error codes: the code is in the trailer `error-code`.
 * @param now Milliseconds since 1970.
 */
export function streamError(error: unknown, topic: string, now: number): PlumblineError {
  if (!isServiceError(error)) throw error;
  const reason = String(error.metadata.get('error-code')[0] ?? grpc.status[error.code]);
  const said = `The org ended the stream of ${topic}: ${reason}`;
  const options = { cause: error };
  if (reason.includes('replayid')) return new PositionLostError(`${said}. Events may have been missed.`, [], options);
  if (error.code === grpc.status.RESOURCE_EXHAUSTED || reason.includes('limit.exceeded')) {
    const until = now + allocationPause;
    return new WaitError(`${said}. The org's event deliveries of the day are used up.`, until, [
      'Nothing to do: records are polled meanwhile, and the stream is opened again by itself.',
    ], options); // prettier-ignore
  }
  switch (error.code) {
    case grpc.status.UNAUTHENTICATED:
      return new CredentialsError(`${said}. The session is not valid for the stream.`, [
        'Nothing to do if it passes: the session is renewed by the next call of the org.',
        'If it stays, run `plumbline connect` again.',
      ], options); // prettier-ignore
    case grpc.status.NOT_FOUND:
    case grpc.status.PERMISSION_DENIED:
    case grpc.status.INVALID_ARGUMENT:
    case grpc.status.UNIMPLEMENTED:
      return new SettingsError(`${said}. The org does not have this topic, or does not show it to this user.`, [
        'Nothing must be done: records are polled instead.',
        'For changes within a second, select the object in Setup, Change Data Capture, and give the user View All on it.',
      ], options); // prettier-ignore
    default:
      return new RetryError(`${said}.`, [], options);
  }
}

function isServiceError(error: unknown): error is grpc.ServiceError {
  return error instanceof Error && 'code' in error && 'metadata' in error && error.metadata instanceof grpc.Metadata;
}
