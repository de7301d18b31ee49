import ask from '@salesforce/apex/PlumblineCommandController.ask';
import getAnswer from '@salesforce/apex/PlumblineCommandController.getAnswer';
import { SolvableError } from 'c/plumblineProblem';
import { pause } from 'c/plumblineTimer';
import { labels } from './labels';

export interface Question {
  readonly kind: string;
  /** What it is about: a sync, a connection, `sync/record ID`, or `*`. */
  readonly target: string;
  readonly details?: Readonly<Record<string, unknown>>;
  /** How long the answer is waited for; the command never runs after that. 60 unless told. */
  readonly seconds?: number;
}

export interface Answered<Body> {
  readonly body: Body;
  /** Fields that were left out, since the reader may not see them. */
  readonly hidden: readonly string[];
}

const waits = [300, 300, 500, 1_000, 2_000] as const;
/** A worker beats once a minute; its command poll is given this many looks before a missing beat counts. */
const looksWithoutWorker = 2;

/** Asks the worker by a command. Throws `SolvableError` for a refusal, and when no worker runs or answers in time. */
export async function askWorker<Body>({ kind, target, details = {}, seconds = 60 }: Question): Promise<Answered<Body>> {
  const commandId = await ask({ kind, target, argumentsJson: JSON.stringify(details), expiresInSeconds: seconds });
  let waited = 0;
  for (let turn = 0; waited < seconds * 1_000; turn += 1) {
    const wait = waits[Math.min(turn, waits.length - 1)] ?? 2_000;
    // eslint-disable-next-line no-await-in-loop -- each look comes after the one before
    await pause(wait);
    waited += wait;
    // eslint-disable-next-line no-await-in-loop
    const answer = await getAnswer({ commandId });
    const { answerJson, problem, status, workerAlive, hidden } = answer;
    if (answerJson) return { body: bodyOf<Body>(answerJson), hidden: hidden ?? [] };
    if (problem) throw new SolvableError(problem, labels.noAnswerNext);
    if (status === 'Expired') break;
    if (!workerAlive && turn >= looksWithoutWorker) throw new SolvableError(labels.noWorker, labels.noWorkerNext);
  }
  throw new SolvableError(labels.noAnswer, labels.noAnswerNext);
}

/** What an answer says. Throws `SolvableError` for one that tells what stands in the way. */
export function bodyOf<Body>(answerJson: string): Body {
  const answer = JSON.parse(answerJson) as
    | { readonly ok: true; readonly body: Body }
    | { readonly ok: false; readonly message: string; readonly actions: readonly string[] };
  if (answer.ok) return answer.body;
  if (typeof answer.message !== 'string') throw new SolvableError(labels.notUnderstood, labels.notUnderstoodNext);
  throw new SolvableError(answer.message, answer.actions.join(' '));
}
