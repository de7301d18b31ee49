import { z } from 'zod';
import { SettingsError, type Configuration } from '../../engine/index.ts';

/** A configuration that is not bound to an org: what a file and the draft records of an org hold. */
export type Draft = Omit<Configuration, 'orgId'>;

const name = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_-]{0,59}$/,
    'a name is 1 to 60 letters, digits, _ and -, and begins with a letter or digit',
  );
const path = z.string().trim().min(1, 'a path cannot be empty').max(255, 'a path has at most 255 characters');

const fieldMapping = z.strictObject({
  source: path,
  target: path,
  transform: z.string().min(1).max(40).exactOptional(),
  blank: z.enum(['keep', 'clear']).default('keep'),
});

const connection = z.strictObject({
  name,
  system: z.string().regex(/^[a-z][a-z-]{0,39}$/, 'a system is named in small letters, like iterable'),
  settings: z.record(z.string(), z.json()).default({}),
});

const sync = z.strictObject({
  name,
  connection: name,
  direction: z.enum(['salesforceToSystem', 'systemToSalesforce']),
  salesforceObject: z.string().regex(/^[A-Za-z]\w{0,79}$/, 'not the API name of an object'),
  systemObject: z.string().trim().min(1).max(80),
  key: z.strictObject({ source: path, target: path }),
  include: z
    .string('say which records take part: a condition, or all (K-13)')
    .trim()
    .min(1, 'say which records take part: a condition, or all (K-13)')
    .max(4_096),
  precedence: z.int().min(0).max(9_999).default(0),
  rules: z
    .strictObject({
      create: z.boolean().default(true),
      update: z.boolean().default(true),
      delete: z.enum(['ignore', 'forget']).default('ignore'),
      duplicates: z.enum(['block', 'allow', 'link']).exactOptional(),
    })
    .prefault({}),
  schedule: z
    .strictObject({
      pollSeconds: z.int().min(1).max(86_400).default(60),
      sweepAt: z
        .string()
        .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a UTC time is written HH:MM, in quotes')
        .exactOptional(),
    })
    .prefault({}),
  mappings: z.array(fieldMapping).min(1, 'a sync maps at least one field'),
});

/** Names what occurs twice in a list, at its place. */
function refuseTwice(
  values: readonly string[],
  place: (index: number) => PropertyKey[],
  context: z.RefinementCtx,
): void {
  values.forEach((value, index) => {
    if (values.indexOf(value) !== index) {
      context.addIssue({ code: 'custom', path: place(index), message: `"${value}" is there twice` });
    }
  });
}

/** What a configuration file, an org's draft and a version may hold: one schema for all three (N-09). */
const complete = z
  .strictObject({ connections: z.array(connection), syncs: z.array(sync) })
  .superRefine(refuseConflicts);
/** A sync that is being set up maps no field before its rights and its key are known to be in order. */
const unfinished = z
  .strictObject({ connections: z.array(connection), syncs: z.array(sync.extend({ mappings: z.array(fieldMapping) })) })
  .superRefine(refuseConflicts);

function refuseConflicts(draft: Draft, context: z.RefinementCtx): void {
  refuseTwice(
    draft.connections.map((each) => each.name),
    (index) => ['connections', index, 'name'],
    context,
  );
  refuseTwice(
    draft.syncs.map((each) => each.name),
    (index) => ['syncs', index, 'name'],
    context,
  );
  const known = new Set(draft.connections.map((each) => each.name));
  draft.syncs.forEach((each, index) => {
    if (!known.has(each.connection)) {
      context.addIssue({
        code: 'custom',
        path: ['syncs', index, 'connection'],
        message: `there is no connection named "${each.connection}" (there are: ${[...known].join(', ') || 'none'})`,
      });
    }
    refuseTwice(
      each.mappings.map((mapping) => mapping.target),
      (mapping) => ['syncs', index, 'mappings', mapping, 'target'],
      context,
    );
  });
}

interface Mistake {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Checks a value of unknown shape: the draft in it with every default said out loud, or what is wrong where. */
export function checkDraft(
  value: unknown,
  schema: typeof complete | typeof unfinished = complete,
): { readonly draft: Draft } | { readonly mistakes: readonly Mistake[] } {
  const result = schema.safeParse(value);
  if (result.success) return { draft: result.data };
  return { mistakes: result.error.issues.map(({ path: at, message }) => ({ path: at, message })) };
}

/** `syncs.leads.mappings[2].target`: the place of a mistake, with names for positions where the list has names. */
export function placeOf(value: unknown, at: readonly PropertyKey[]): string {
  let current: unknown = value;
  let place = '';
  for (const step of at) {
    current = typeof current === 'object' && current !== null ? Reflect.get(current, step) : undefined;
    const named = typeof step === 'number' ? nameOf(current) : undefined;
    const label = named ?? String(step);
    place += typeof step === 'number' && named === undefined ? `[${label}]` : `${place === '' ? '' : '.'}${label}`;
  }
  return place;
}

function nameOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('name' in value)) return undefined;
  return typeof value.name === 'string' ? value.name : undefined;
}

/** The draft in a value, or a `SettingsError` that lists every mistake with its place. */
export function requireDraft(value: unknown, what: string, mend: string): Draft {
  return required(value, what, mend, complete);
}

/** The same for a draft whose syncs may not map any field yet. */
export function requireUnfinished(value: unknown, what: string, mend: string): Draft {
  return required(value, what, mend, unfinished);
}

function required(value: unknown, what: string, mend: string, schema: typeof complete | typeof unfinished): Draft {
  const checked = checkDraft(value, schema);
  if ('draft' in checked) return checked.draft;
  const lines = checked.mistakes.map((mistake) => `  ${placeOf(value, mistake.path)}: ${mistake.message}`);
  throw new SettingsError(`${what} is not a valid configuration:\n${lines.join('\n')}`, [mend]);
}
