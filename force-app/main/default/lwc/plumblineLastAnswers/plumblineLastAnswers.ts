import getLastAnswers from '@salesforce/apex/PlumblineSetupController.getLastAnswers';
import { bodyOf, type Answered } from 'c/plumblineCommand';
import type { PlanAnswer, RightsAnswer, TestAnswer } from 'plumbline/answers';

/** An answer with when it was asked for, ISO 8601. */
export type Earlier<Body> = Answered<Body> & { readonly askedAt: string };

/** What the worker answered last, by the kind of its command; absent: nothing that still holds. */
export interface LastAnswers {
  readonly rights?: Earlier<RightsAnswer>;
  readonly plan?: Earlier<PlanAnswer>;
  readonly test?: Earlier<TestAnswer>;
}

/** The last answers for a draft that was not changed since; they need no worker. Throws what Apex does. */
export async function lastAnswers(syncId: string): Promise<LastAnswers> {
  const answers = await getLastAnswers({ syncId });
  const last: Record<string, Earlier<unknown>> = {};
  for (const { kind, askedAt, answerJson, hidden } of answers) {
    if (kind && askedAt && answerJson) last[kind] = { body: bodyOf(answerJson), hidden: hidden ?? [], askedAt };
  }
  return last;
}

/** Whether a tested record arrived, and both sides hold the same of it. */
export function hasArrived({ outcome, fields }: TestAnswer): boolean {
  return ['created', 'updated', 'unchanged'].includes(outcome) && fields.every(({ same }) => same);
}
