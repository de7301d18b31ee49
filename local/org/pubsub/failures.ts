import * as grpc from '@grpc/grpc-js';
import { PubSubError } from './errors.ts';

/** An error as gRPC sends it: status, details, and the API's code and the call's ID in the trailers. */
export function toServiceError(error: unknown, rpcId: string): grpc.ServiceError {
  const metadata = new grpc.Metadata();
  metadata.set('rpc-id', rpcId);
  if (!(error instanceof PubSubError)) {
    const details = `The local org failed: ${String(error)}`;
    return Object.assign(new Error(details), { code: grpc.status.INTERNAL, details, metadata });
  }
  metadata.set('error-code', error.errorCode);
  const details = `${error.message} rpcId: ${rpcId}`;
  return Object.assign(new Error(details), { code: grpc.status[error.status], details, metadata });
}
