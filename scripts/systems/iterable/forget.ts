import type { Delivery, SendResult, TargetRecord, Urgency } from '../../engine/index.ts';
import type { Lane } from '../../http/index.ts';
import { heldBy } from '../kit/index.ts';
import { refusalError, type Caller } from './call.ts';
import { keyField, type IterableSettings } from './settings.ts';

export interface Forget {
  readonly caller: Caller;
  readonly lane: Lane;
  readonly settings: IterableSettings;
  readonly urgency: Urgency;
  readonly onStart: () => Promise<void>;
}

/**
 * Has users forgotten (GDPR), one request each: Iterable deletes them and takes no data for them until they are
 * unforgotten. A user that it does not know counts as forgotten.
 */
export async function forget(options: Forget, records: readonly TargetRecord[]): Promise<SendResult> {
  const deliveries: Delivery[] = [];
  for (const { key } of records) {
    const body = JSON.stringify({ [keyField(options.settings.identity)]: key });
    const reply = await options.caller.call({ ...options, method: 'POST', path: '/api/users/forget', body });
    if (reply.kind === 'unanswered') return reply;
    if (reply.kind === 'failed') {
      if (deliveries.length === 0) return { kind: 'refused', error: reply.error };
      const rest: Delivery = { kind: 'retry', reason: heldBy(reply.error), detail: reply.error.message };
      while (deliveries.length < records.length) deliveries.push(rest);
      break;
    }
    if (reply.kind === 'taken') deliveries.push({ kind: 'delivered' });
    else if (isUnknownUser(reply.refusal.code, reply.refusal.message)) deliveries.push({ kind: 'delivered' });
    else
      deliveries.push({
        kind: 'rejected',
        reason: 'rejected-by-target',
        detail: refusalError(reply.refusal, '/api/users/forget').message,
      });
  }
  return { kind: 'answered', deliveries };
}

function isUnknownUser(code: string, message: string): boolean {
  return (
    ['NotFound', 'UnknownEmailError', 'UnknownUserIdError', 'ForgottenUserError'].includes(code) ||
    /does not exist|noUserWith/i.test(message)
  );
}
