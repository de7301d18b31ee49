import { outcomes, type Outcome } from '../outcomes.ts';
import type { Command, RecordFilter, WorkItem } from '../ports/index.ts';
import { reasonCodes, reasonTexts, sentenceOf, type ReasonCode } from '../reasons/index.ts';
import { SettingsError } from '../errors.ts';
import { atWork, isRecordId, recordNamed, syncNamed, type CommandContext } from './context.ts';

const most = 1_000;

/** Lists records of a sync by outcome, reason or run, each with its sentence; `after` goes on behind the last one. */
export async function records(command: Command, context: CommandContext): Promise<unknown> {
  const { name } = syncNamed(context, command.target);
  const found = await context.store.records({ ...filterOf(command, name), limit: most });
  return {
    records: found.map(({ source, outcome, reason, detail, run, settledAt }) => ({
      source,
      outcome,
      run,
      settledAt,
      ...(reason && { reason, sentence: sentenceOf(reason, detail), nextStep: reasonTexts[reason].nextStep }),
    })),
    more: found.length === most,
  };
}

/** Queues one record (`sync/record ID`, or its ID alone), or all failed and held ones of a sync, optionally of one outcome or reason. */
export async function retry(command: Command, context: CommandContext): Promise<unknown> {
  const { target } = command;
  if (target.includes('/') || (isRecordId(target) && !atWork(context).syncs.has(target))) {
    const { sync, source } = await recordNamed(context, target);
    return queue(sync.name, [source], context);
  }
  const { name } = syncNamed(context, target);
  const filter = filterOf(command, name);
  let queued = 0;
  for (const outcome of filter.outcome ? [filter.outcome] : (['failed', 'held'] as const)) {
    for (let after: RecordFilter['after']; ;) {
      const found = await context.store.records({ ...filter, outcome, limit: most, ...(after && { after }) });
      await queue(
        name,
        found.map((row) => row.source),
        context,
      );
      queued += found.length;
      const last = found.at(-1);
      if (!last || found.length < most) break;
      after = { sync: name, source: last.source };
    }
  }
  return { queued };
}

async function queue(
  sync: string,
  sources: readonly string[],
  { store, clock, session }: CommandContext,
): Promise<{ readonly queued: number }> {
  const dueAt = clock.now();
  const enqueue = sources.map((source): WorkItem => ({ sync, source, urgency: 0, dueAt, cause: 'asked' }));
  if (enqueue.length > 0) await store.commit({ enqueue });
  session?.wake(sync);
  return { queued: sources.length };
}

function filterOf({ arguments: given }: Command, sync: string): Omit<RecordFilter, 'limit'> {
  const { outcome, reason, run, after } = given;
  return {
    sync,
    ...(outcome !== undefined && { outcome: oneOf<Outcome>('outcome', outcome, outcomes) }),
    ...(reason !== undefined && { reason: oneOf<ReasonCode>('reason', reason, reasonCodes) }),
    ...(typeof run === 'string' && { run }),
    ...(typeof after === 'string' && { after: { sync, source: after } }),
  };
}

function oneOf<Value extends string>(name: string, value: unknown, allowed: readonly Value[]): Value {
  const found = allowed.find((each) => each === value);
  if (found !== undefined) return found;
  throw new SettingsError(`"${String(value)}" is not a known ${name}.`, [`Use one of: ${allowed.join(', ')}.`]);
}
