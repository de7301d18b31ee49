import type { FieldMapping } from '../../mapping/index.ts';
import { CredentialsError, PlumblineError, SettingsError } from '../errors.ts';
import type { Commit, FieldDescription, IssueChange, ObjectDescription, Store } from '../ports/index.ts';
import type { CompiledSync } from '../run/index.ts';
import { changeOf, lookAt, type FieldPrint } from './fields.ts';
import { ruleProblem } from './rules.ts';

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
 * mended. So do the rules that a system has for its syncs and for the fields they map. The side that fields are made on by
 * writing is not looked at: it says by record what it does not take.
 * `remember`: what is found is stored and told. Throws the errors of the describes that are not about a field.
 */
export async function inspectSchema(
  sync: CompiledSync,
  version: string,
  ports: {
    readonly store: Pick<Store, 'cursor' | 'commit'>;
    readonly now: number;
    readonly remember: boolean;
    /** Why the sync may not run at all, beside the others of its connection. */
    readonly refused: string | undefined;
  },
): Promise<SchemaFinding> {
  const { store, now, remember, refused } = ports;
  const name = `schema/${sync.name}`;
  const stored = await store.cursor(name);
  const before = stored === undefined ? undefined : (JSON.parse(stored) as Known);
  const known = before?.version === version ? before.prints : {};
  const looked = await look(sync, known, refused);
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

type Describe = (paths: readonly string[]) => Promise<ObjectDescription>;

/** One side of a sync, as far as it is looked at. */
interface Side {
  readonly name: 'source' | 'target';
  readonly object: string;
  readonly describe: Describe;
  /** It is the system's, not the org's. */
  readonly foreign: boolean;
}

async function look(sync: CompiledSync, known: Known['prints'], refused: string | undefined): Promise<Looked> {
  const { configuration, shape } = sync;
  const { key, mappings } = configuration;
  const prints: Record<string, FieldPrint> = { ...known };
  const stands = (standing: string): Looked => ({ prints, standing, problemOf: () => undefined });
  if (refused !== undefined) return stands(refused);
  const problems = new Map<string, string>();
  const found = new Map<string, FieldDescription>();
  for (const { name, object, describe, foreign } of sidesOf(sync)) {
    const state = await stateOf(describe, foreign);
    if (state === 'away') continue;
    if (state !== 'there') return stands(state);
    for (const path of name === 'source' ? shape.fields : mappings.map((mapping) => mapping.target)) {
      const id = `${name}:${path}`;
      if (problems.has(id) || found.has(id)) continue;
      const field = await lookAt(describe, path);
      const problem = await changeOf(`${object}.${path}`, prints[id], field, describe);
      if (problem !== undefined) problems.set(id, problem);
      else if (field) {
        found.set(id, field);
        prints[id] = { type: field.type, label: field.label };
      }
    }
  }
  const standing = problems.get(`source:${key.source}`) ?? problems.get(`target:${key.target}`);
  return {
    prints,
    ...(standing !== undefined && { standing }),
    problemOf(mapping) {
      const [from, to] = [`source:${mapping.source}`, `target:${mapping.target}`];
      return problems.get(from) ?? problems.get(to) ?? ruleProblem(sync, mapping, found.get(from), found.get(to));
    },
  };
}

/** What is looked at: what is read, and what is written to where a write makes no fields. */
function sidesOf({ source, target, targetObject, shape, configuration }: CompiledSync): readonly Side[] {
  const inward = configuration.direction === 'systemToSalesforce';
  const ofSource: Describe = (paths) => source.describe(shape.object, paths);
  const read: Side = { name: 'source', object: shape.object, describe: ofSource, foreign: inward };
  if (!inward && target.fixedFields !== true) return [read];
  const ofTarget: Describe = () => target.describe(targetObject);
  return [read, { name: 'target', object: targetObject, describe: ofTarget, foreign: !inward }];
}

/**
 * `there`, or why the object is not. A system that cannot be asked just now is `away`: its own requests tell why, and
 * the other syncs do not wait for it.
 */
async function stateOf(describe: Describe, foreign: boolean): Promise<string> {
  try {
    await describe([]);
    return 'there';
  } catch (error) {
    if (error instanceof SettingsError && !(error instanceof CredentialsError)) return error.message;
    if (foreign && error instanceof PlumblineError) return 'away';
    throw error;
  }
}

/** Names a mapping in an issue, whose record ID has room for 190 characters. */
function placeOf({ source, target }: FieldMapping): string {
  return `${source} → ${target}`.slice(0, 190);
}
