import { Flags } from '@oclif/core';
import type { CommandKind } from '../../engine/index.ts';
import type { OpenOrg } from '../compose.ts';
import type { OrgFlagValues } from './command.ts';
import { loginOptions } from './command.ts';

/** What commands that the worker answers have besides the org. */
export const askFlags = {
  store: Flags.string({
    summary: 'Store file: the command then runs a worker of its own for as long as it needs one.',
    helpGroup: 'WORKER',
  }),
  wait: Flags.integer({ summary: 'Seconds to wait for an answer.', default: 120, min: 1, helpGroup: 'WORKER' }),
};

export interface AskFlagValues extends OrgFlagValues {
  readonly store?: string | undefined;
  readonly wait: number;
}

export interface Question {
  readonly kind: CommandKind;
  readonly target: string;
  readonly arguments?: Readonly<Record<string, unknown>>;
}

/** Loads what talks to orgs only now: `--help` has no use for it. */
export async function openOrg(flags: OrgFlagValues): Promise<OpenOrg> {
  const { openOrg: open } = await import('../compose.ts');
  return await open(loginOptions(flags), process.env);
}

/**
 * Asks the worker of the org; with `--store`, a worker in this process. Returns the body of its answer, or throws its
 * refusal with its actions. `after` runs while that worker still does, with its body.
 */
export async function ask<Result>(
  flags: AskFlagValues,
  question: Question,
  after: (body: unknown, org: OpenOrg, signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const { askWorker } = await import('../asking.ts');
  return await askWorker({ login: loginOptions(flags), storeFile: flags.store, seconds: flags.wait }, question, after);
}
