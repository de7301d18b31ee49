import { RetryError, SettingsError } from '../errors.ts';
import type { Outcome } from '../outcomes.ts';
import type { Command, RecordPage, RecordRow } from '../ports/index.ts';
import { reasonTexts, sentenceOf } from '../reasons/index.ts';
import { mappedFields, pageOf, valueAt } from '../rehearsal/index.ts';
import { LiveRuns, Pipeline, type CompiledSync } from '../run/index.ts';
import type { CommandContext } from './context.ts';
import { recordAsked, sameText } from './draft.ts';

export interface TestAnswer {
  /** ID of the record, in the source. */
  readonly record: string;
  readonly key?: string;
  readonly outcome: Outcome;
  readonly sentence?: string;
  readonly nextStep?: string;
  /** The page of the system's record; absent when nothing was delivered, or its address is not known. */
  readonly link?: RecordPage;
  /** Both sides as they are afterwards; empty when nothing was delivered. */
  readonly fields: readonly {
    readonly source: string;
    readonly target: string;
    readonly salesforce?: unknown;
    readonly system?: unknown;
    readonly same: boolean;
  }[];
}

const mostMilliseconds = 60_000;
const lookMilliseconds = 200;
/** A target may show what it took a little later. */
const looks = 10;
const betweenLooks = 1_000;

/**
 * Sends one record, and nothing else, and shows both sides afterwards (P-46). An active sync sends it as any change; a
 * draft sends it through the way of its key space, so that none of its keys is in two requests at once. Throws
 * `SettingsError` when it is paused, `RetryError` when it is not settled in a minute.
 */
export async function testRecord(command: Command, context: CommandContext): Promise<TestAnswer> {
  const { sync, source } = await recordAsked(command, context);
  await requireUnpaused(sync, context);
  const row = isActive(sync, context)
    ? await sendActive(sync, source, context)
    : await sendDraft(sync, source, context);
  const { key, outcome, reason, detail, hash } = row;
  return {
    record: source,
    ...(key !== undefined && { key }),
    outcome,
    ...(reason && { sentence: sentenceOf(reason, detail), nextStep: reasonTexts[reason].nextStep }),
    ...(key === undefined || hash === undefined ? { fields: [] } : await bothSides(sync, source, key, context)),
  };
}

function isActive(sync: CompiledSync, { session }: CommandContext): boolean {
  const active = session?.syncs.get(sync.name);
  return active !== undefined && sameText(active.configuration, sync.configuration);
}

/** A draft has not begun yet, so its own pause does not count; that of an active sync of its name does. */
async function requireUnpaused({ name, connection }: CompiledSync, context: CommandContext): Promise<void> {
  const pauses = await context.control.pauses();
  const counted = ['*', connection, ...(context.session?.syncs.has(name) ? [name] : [])];
  const paused = counted.find((each) => pauses.has(each));
  if (paused === undefined) return;
  const what = paused === '*' ? 'Everything' : paused;
  throw new SettingsError(`${what} is paused, so nothing is sent.`, ['Resume it, and test again.']);
}

async function sendActive({ name }: CompiledSync, source: string, context: CommandContext): Promise<RecordRow> {
  const { store, clock, session } = context;
  const dueAt = clock.now();
  await store.commit({ enqueue: [{ sync: name, source, urgency: 0, dueAt, cause: 'asked' }] });
  session?.wake(name);
  return await within(context, `${name}/${source}`, async () => {
    const row = (await store.rows(name, [source])).get(source);
    const isDone = row !== undefined && row.settledAt >= dueAt && !(await store.waiting(name, [source])).has(source);
    return isDone || (row?.outcome === 'held' && row.settledAt >= dueAt) ? row : undefined;
  });
}

async function sendDraft(sync: CompiledSync, source: string, context: CommandContext): Promise<RecordRow> {
  const { session } = context;
  const shared = session?.pipelineOf(sync.keySpace);
  if (session && shared) {
    const send = (): Promise<RecordRow> => sendThrough(shared, sync, source, context);
    return session.syncs.has(sync.name) ? await send() : await session.beyondOwnPause(sync.name, send);
  }
  const over = new AbortController();
  const { connection, keySpace, targetObject, target, name } = sync;
  const pipeline = new Pipeline({
    ...context,
    ...{ connection, keySpace, targetObject, target, signal: over.signal },
    pauses: async () => new Set([...(await context.control.pauses())].filter((each) => each !== name)),
    queued: () => undefined,
  });
  try {
    await pipeline.recover();
    return await sendThrough(pipeline, sync, source, context);
  } finally {
    await pipeline.stop();
    over.abort(new Error('The test is over.'));
  }
}

async function sendThrough(
  pipeline: Pipeline,
  sync: CompiledSync,
  source: string,
  context: CommandContext,
): Promise<RecordRow> {
  const { store, clock } = context;
  const { name } = sync;
  const dueAt = clock.now();
  const hydrated = await sync.source.hydrate(sync.shape, [source]);
  const liveRun = await new LiveRuns(store, clock).current(name);
  // Not in the store: what is not delivered now is not tried again by a sync that is not active.
  const work = { sync: name, source, urgency: 0, dueAt, cause: 'asked', sequence: 0, attempts: 0 } as const;
  await pipeline.live({ sync, liveRun, work: [work], hydrated });
  const settled = within(context, `${name}/${source}`, async () =>
    pipeline.isOnItsWay(name, source) ? undefined : (await store.rows(name, [source])).get(source),
  );
  await pipeline.drain(settled.then(() => undefined));
  return await settled;
}

/** Looks until there is an answer. */
async function within<Value>(
  { clock }: CommandContext,
  what: string,
  look: () => Promise<Value | undefined>,
): Promise<Value> {
  for (const until = clock.now() + mostMilliseconds; clock.now() < until; await clock.sleep(lookMilliseconds)) {
    const found = await look();
    if (found !== undefined) return found;
  }
  throw new RetryError(`${what} was not settled within a minute.`, [
    'See what the worker waits for: plumbline sync status.',
  ]);
}

async function bothSides(
  sync: CompiledSync,
  source: string,
  key: string,
  { clock }: CommandContext,
): Promise<Pick<TestAnswer, 'fields' | 'link'>> {
  for (let look = 1; ; look++) {
    try {
      const both = await lookAtBoth(sync, source, key);
      if (look === looks || both.fields.every(({ same }) => same)) return both;
    } catch (error) {
      // The record has been delivered: its answer is worth waiting for.
      if (!(error instanceof RetryError) || look === looks) throw error;
    }
    await clock.sleep(betweenLooks);
  }
}

async function lookAtBoth(
  sync: CompiledSync,
  source: string,
  key: string,
): Promise<Pick<TestAnswer, 'fields' | 'link'>> {
  const outward = sync.configuration.direction === 'salesforceToSystem';
  const { rows } = await sync.source.hydrate(sync.shape, [source]);
  const present = (await sync.target.read(sync.targetObject, [key])).get(key);
  const [read] = rows;
  const link = pageOf(sync, { source, key }, present);
  const fields = (read ? mappedFields(sync, read) : []).map(({ source: from, target, value, after }) => {
    const held = valueAt(present, target);
    const same = after === undefined || JSON.stringify(held) === JSON.stringify(after);
    const [salesforce, system] = outward ? [value, held] : [held, value];
    return { source: from, target, salesforce, system, same };
  });
  return { ...(link && { link }), fields };
}
