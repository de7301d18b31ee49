import { PlumblineError, RetryError } from '../../engine/index.ts';
import { NotSentError } from '../../http/index.ts';
import { bodyText, type Channel, type ChannelRequest } from '../connection/index.ts';
import { OrgReply } from '../errors.ts';

/** What became of a request that writes. */
export type Reply =
  | { readonly kind: 'answered'; readonly body: string }
  /** It may have been applied, and may still be. */
  | { readonly kind: 'unanswered'; readonly detail: string }
  /** Nothing was applied: the org does not take the request as it is, whoever sends it. */
  | { readonly kind: 'rejected'; readonly code: string; readonly error: PlumblineError }
  /** Nothing was applied. */
  | { readonly kind: 'refused'; readonly error: PlumblineError };

/** Codes of a whole request that one of its records is to blame for. */
const culprits = new Set([
  'JSON_PARSER_ERROR',
  'MALFORMED_ID',
  'INVALID_TYPE_ON_FIELD_IN_RECORD',
  'NUMBER_OUTSIDE_VALID_RANGE',
  'INVALID_CROSS_REFERENCE_KEY',
  'NOT_FOUND',
]);

/** Sends a request that writes. Never throws for what the org answers. */
export async function exchange(channel: Channel, request: ChannelRequest): Promise<Reply> {
  try {
    // A login that fails has sent nothing of ours.
    await channel.session();
  } catch (error) {
    return refusal(error);
  }
  try {
    const { response } = await channel.send(request);
    return { kind: 'answered', body: await bodyText(response, request.doing) };
  } catch (error) {
    if (error instanceof RetryError && !(error.cause instanceof NotSentError)) {
      return { kind: 'unanswered', detail: error.message };
    }
    if (!(error instanceof PlumblineError)) throw error;
    const code = error.cause instanceof OrgReply ? error.cause.code : undefined;
    if (code !== undefined && culprits.has(code)) return { kind: 'rejected', code, error };
    return { kind: 'refused', error };
  }
}

function refusal(error: unknown): Reply {
  if (!(error instanceof PlumblineError)) throw error;
  return { kind: 'refused', error };
}
