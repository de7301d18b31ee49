import type { Answer, Call } from '../../kit/index.ts';
import { refused } from '../answer.ts';
import { perSecond, type CallDefinition } from '../calls.ts';
import { isObject } from '../json.ts';
import type { Subscription } from '../subscription.ts';
import { runPipeline } from './pipeline.ts';
import { Unreadable } from './tokens.ts';

function aggregate({ text }: Call, subscription: Subscription): Answer {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return refused(400, 'The body is not JSON');
  }
  const { response, request } = isObject(body) ? body : {};
  const { mimeType } = isObject(response) ? response : {};
  if (mimeType !== undefined && mimeType !== 'application/json') return refused(400, 'unsupported response.mimeType');
  const { pipeline } = isObject(request) ? request : {};
  const startTime = subscription.now();
  const results: Record<string, unknown>[] = [];
  try {
    for (const row of runPipeline(pipeline, subscription)) {
      if (results.length === subscription.limits.rowsPerAggregation) break;
      results.push(row.whole());
    }
  } catch (error) {
    if (error instanceof Unreadable) return refused(400, `Cannot run the aggregation: ${error.message}`);
    throw error;
  }
  return { status: 200, body: { startTime, results } };
}

export const aggregationCalls: readonly CallDefinition[] = [
  { method: 'POST', path: '/api/v1/aggregation', name: 'aggregation', limit: perSecond, handle: aggregate },
];
