import type { RecordError } from '../contract/index.ts';
import { LockedError } from '../storage/index.ts';
import { Problem } from './problem.ts';
import { checkMasters } from './roll-ups.ts';
import type { Work } from './work.ts';

/** Does one record's work; when a problem comes of it, nothing of it stays in the transaction. */
export function attempt<Done>(work: Work, operate: () => Done | Problem): Done | Problem {
  const savepoint = work.transaction.mark();
  const done = withLocksAsProblems(() => {
    const made = operate();
    if (!(made instanceof Problem)) checkMasters(work, savepoint);
    return made;
  });
  if (done instanceof Problem) work.transaction.rollbackTo(savepoint);
  return done;
}

function withLocksAsProblems<Done>(operate: () => Done | Problem): Done | Problem {
  try {
    return operate();
  } catch (error) {
    if (error instanceof LockedError) return new Problem('UNABLE_TO_LOCK_ROW', error.message);
    throw error;
  }
}

/** A record's ways of being wrong, as results tell them. */
export function errorsOf({ statusCode, message, fields, others, duplicateResult }: Problem): readonly RecordError[] {
  const found = duplicateResult === undefined ? {} : { duplicateResult };
  return [{ statusCode, message, fields, ...found }, ...others];
}
