import { checkLength, countRequest, sessionOf } from './data-door.ts';
import type { ServerWorld } from './world.ts';
import { batchRefusal } from '../bulk/index.ts';
import { OrgError } from '../core/index.ts';

/** Largest batch in bytes (Bulk API 1.0, "Bulk API Limits"). */
const BATCH_LIMIT = 10_000_000;

/** Answers `/services/async/NN.N/…`; `path` is what follows `/services/async/`. The token is in `X-SFDC-Session`. */
export async function answerBatchRequest(world: ServerWorld, request: Request, path: string): Promise<Response> {
  try {
    const headers = new Headers(request.headers);
    headers.set('authorization', `Bearer ${headers.get('x-sfdc-session') ?? ''}`);
    const [version = '', ...parts] = path.split('/').filter((part) => part !== '');
    const session = sessionOf(world, headers, `com/salesforce/api/async/${version}`);
    countRequest(world, session.token);
    checkLength(request, BATCH_LIMIT);
    return world.batches({
      method: request.method,
      version,
      path: parts,
      contentType: request.headers.get('content-type') ?? '',
      body: request.method === 'GET' ? '' : await request.text(),
      session,
    });
  } catch (error) {
    if (!(error instanceof OrgError)) throw error;
    if (error.errorCode === 'INVALID_SESSION_ID') return batchRefusal('InvalidSessionId', 'Invalid session id');
    if (error.errorCode === 'REQUEST_LIMIT_EXCEEDED') return batchRefusal('ExceededQuota', error.message);
    return batchRefusal(error.errorCode, error.message);
  }
}
