import type { FieldMapping } from '../../mapping/index.ts';
import { CredentialsError, SettingsError } from '../errors.ts';
import type { Commit, IssueChange, ObjectDescription, Store } from '../ports/index.ts';
import type { CompiledSync } from '../run/index.ts';
import { changeOf, lookAt, type FieldPrint } from './fields.ts';

/** What a look at the schemas of both sides means for a sync (K-39). */
export interface SchemaFinding {
  /** Mappings that can run. */
  readonly usable: readonly FieldMapping[];
  /** Why the sync cannot run at all: its object or its key is touched, or nothing is left to send. */
  readonly standing?: string;
  /** What is touched, in words; empty when all is as it was. */
  readonly touched: readonly string[];
  /** Mappings that were touched at the look before, and are not any more. */
  readonly mended: boolean;
}

/** Kept among the cursors, as what is known of a source. */
interface Known {
  /** Hash of the activated version that it was seen under: another version begins anew. */
  readonly version: string;
  readonly prints: Readonly<Record<string, FieldPrint>>;
  /** Open issues. */
  readonly issues: readonly string[];
}

/**
 * Compares the fields that a sync uses with what they were when its version was first seen: gone, hidden or of another
 * type touches the mappings that use them, and those alone. What is touched becomes an issue, which closes when it is
 * mended. The side that fields are made on by writing is not looked at: it says by record what it does not take.
 * `remember`: what is found is stored and told. Throws the errors of the describes that are not about a field.
 */
export async function inspectSchema(
  sync: CompiledSync,
  version: string,
  ports: { readonly store: Pick<Store, 'cursor' | 'commit'>; readonly now: number; readonly remember: boolean },
): Promise<SchemaFinding> {
  const { store, now, remember } = ports;
  const name = `schema/${sync.name}`;
  const stored = await store.cursor(name);
  const before = stored === undefined ? undefined : (JSON.parse(stored) as Known);
  const known = before?.version === version ? before.prints : {};
  const looked = await look(sync, known);
  const problems = new Map<string, string>();
  const usable = sync.configuration.mappings.filter((mapping) => {
    const problem = looked.problemOf(mapping);
    if (problem !== undefined) problems.set(placeOf(mapping), problem);
    return problem === undefined;
  });
  const standing = looked.standing ?? (usable.length === 0 ? 'every mapping is touched' : undefined);
  if (looked.standing !== undefined) problems.set('the sync as a whole', looked.standing);
  const open = new Set(before?.issues ?? []);
  const issue = (source: string, detail: string): IssueChange => {
    return { sync: sync.name, source, outcome: 'held', reason: 'schema-changed', detail, run: '', at: now };
  };
  const closed = [...open].filter((source) => !problems.has(source));
  const issues: IssueChange[] = [
    ...[...problems].flatMap(([source, detail]) => (open.has(source) ? [] : [issue(source, detail)])),
    ...closed.map((source) => ({ sync: sync.name, source, outcome: 'settled' as const, run: '', at: now })),
  ];
  const next: Known = { version, prints: looked.prints, issues: [...problems.keys()] };
  const text = JSON.stringify(next);
  if (remember && text !== stored) await store.commit({ cursors: [{ name, cursor: text }], issues } satisfies Commit);
  const touched = [...problems.values()];
  return { usable, touched, mended: closed.length > 0, ...(standing !== undefined && { standing }) };
}

interface Looked {
  readonly prints: Readonly<Record<string, FieldPrint>>;
  readonly standing?: string;
  problemOf(mapping: FieldMapping): string | undefined;
}

async function look(sync: CompiledSync, known: Known['prints']): Promise<Looked> {
  const { source, target, targetObject, shape, configuration } = sync;
  const prints: Record<string, FieldPrint> = { ...known };
  const problems = new Map<string, string>();
  const ofSource = (paths: readonly string[]): Promise<ObjectDescription> => source.describe(shape.object, paths);
  const ofTarget = (): Promise<ObjectDescription> => target.describe(targetObject);
  const inward = configuration.direction === 'systemToSalesforce';
  const gone = (await objectProblem(() => ofSource([]))) ?? (inward ? await objectProblem(ofTarget) : undefined);
  if (gone !== undefined) return { prints, standing: gone, problemOf: () => undefined };
  const check = async (side: string, object: string, path: string, describe: typeof ofSource): Promise<void> => {
    const id = `${side}:${path}`;
    if (problems.has(id)) return;
    const field = await lookAt(describe, path);
    const problem = await changeOf(`${object}.${path}`, prints[id], field, describe);
    if (problem !== undefined) problems.set(id, problem);
    else if (field) prints[id] = { type: field.type, label: field.label };
  };
  for (const path of shape.fields) await check('source', shape.object, path, ofSource);
  if (inward)
    for (const { target: path } of configuration.mappings) await check('target', targetObject, path, ofTarget);
  const { key } = configuration;
  const standing = problems.get(`source:${key.source}`) ?? problems.get(`target:${key.target}`);
  return {
    prints,
    ...(standing !== undefined && { standing }),
    problemOf: (mapping) => problems.get(`source:${mapping.source}`) ?? problems.get(`target:${mapping.target}`),
  };
}

async function objectProblem(describe: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await describe();
    return undefined;
  } catch (error) {
    if (error instanceof SettingsError && !(error instanceof CredentialsError)) return error.message;
    throw error;
  }
}

/** Names a mapping in an issue, whose record ID has room for 190 characters. */
function placeOf({ source, target }: FieldMapping): string {
  return `${source} → ${target}`.slice(0, 190);
}
