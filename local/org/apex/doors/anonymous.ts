import type { Session } from '../../core/index.ts';
import type { Apex } from '../engine/apex.ts';
import { Thrown } from '../runtime/throw.ts';
import { CompileError } from '../syntax/index.ts';

/** As the Tooling API answers `executeAnonymous` (Tooling API, "ExecuteAnonymousResult"). */
export interface AnonymousResult {
  readonly line: number;
  readonly column: number;
  readonly compiled: boolean;
  readonly success: boolean;
  readonly compileProblem: string | null;
  readonly exceptionMessage: string | null;
  readonly exceptionStackTrace: string | null;
}

const NOTHING = {
  line: -1,
  column: -1,
  compileProblem: null,
  exceptionMessage: null,
  exceptionStackTrace: null,
} as const;

/** Runs a script as a user, with their sharing. */
export function executeAnonymous(apex: Apex, session: Session, text: string): AnonymousResult {
  try {
    const script = apex.program.anonymous(text);
    apex.run(session, (thread) => script(thread, null, []), { sharing: true });
    return { ...NOTHING, compiled: true, success: true };
  } catch (error) {
    if (error instanceof CompileError) {
      const { line, column, message } = error;
      return { ...NOTHING, line, column, compiled: false, success: false, compileProblem: message };
    }
    if (!(error instanceof Thrown)) throw error;
    const { info, thrown } = error.exception;
    return {
      ...NOTHING,
      line: thrown?.line ?? -1,
      column: 1,
      compiled: true,
      success: false,
      exceptionMessage: `${info.file === undefined ? 'System.' : ''}${info.name}: ${thrown?.message ?? ''}`,
      exceptionStackTrace: thrown?.stack ?? '',
    };
  }
}
