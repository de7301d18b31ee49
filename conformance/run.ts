import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { CouldNotCheck } from './check.ts';
import type { Check } from './check.ts';
import { openTrial } from './trial.ts';
import type { Session } from './target/index.ts';

export interface CheckResult {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly outcome: 'passed' | 'failed' | 'could-not-check';
  /** Why it failed or could not be checked. */
  readonly why?: string;
}

/** What a failed check says: the message alone, which names expected and actual. */
function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function runOne(session: Session, check: Check, run: string): Promise<CheckResult> {
  const { id, title, source } = check;
  const { trial, clean } = openTrial(session, id, run, delay);
  let outcome: CheckResult['outcome'] = 'passed';
  const why: string[] = [];
  try {
    await check.run(trial);
  } catch (error) {
    outcome = error instanceof CouldNotCheck ? 'could-not-check' : 'failed';
    why.push(wordsOf(error));
  }
  try {
    const left = await clean();
    if (left.length > 0) throw new Error(`It could not delete ${left.join(', ')}: delete it by hand.`);
  } catch (error) {
    outcome = 'failed';
    why.push(wordsOf(error));
  }
  return { id, title, source, outcome, ...(why.length > 0 ? { why: why.join(' ') } : {}) };
}

/**
 * Runs checks one after another against an org; each deletes what it wrote, also when it fails. `tell` hears of each
 * result as it comes.
 */
export async function runChecks(
  session: Session,
  checks: readonly Check[],
  tell: (result: CheckResult) => void = () => undefined,
): Promise<readonly CheckResult[]> {
  const run = randomBytes(4).toString('hex');
  const results: CheckResult[] = [];
  for (const check of checks) {
    const result = await runOne(session, check, run);
    results.push(result);
    tell(result);
  }
  return results;
}
