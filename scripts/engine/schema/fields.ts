import { CredentialsError, SettingsError } from '../errors.ts';
import type { FieldDescription, ObjectDescription } from '../ports/index.ts';

/** What is remembered of a field since its mapping was activated. */
export interface FieldPrint {
  readonly type: string;
  readonly label: string;
}

/** The field behind a path as its system describes it now; undefined when it is gone, or not shown to us. */
export async function lookAt(
  describe: (paths: readonly string[]) => Promise<ObjectDescription>,
  path: string,
): Promise<FieldDescription | undefined> {
  try {
    const { fields } = await describe([path]);
    const wanted = path.toLowerCase();
    return fields.get(path) ?? [...fields.values()].find((field) => field.path.toLowerCase() === wanted);
  } catch (error) {
    // One path that cannot be resolved is that path's problem; wrong credentials are everybody's.
    if (error instanceof SettingsError && !(error instanceof CredentialsError)) return undefined;
    throw error;
  }
}

/** What is wrong with a field, in words; undefined when it is as it was. `before` is absent for one never seen. */
export async function changeOf(
  place: string,
  before: FieldPrint | undefined,
  now: FieldDescription | undefined,
  describe: (paths: readonly string[]) => Promise<ObjectDescription>,
): Promise<string | undefined> {
  if (!now) {
    if (!before) return `${place} is not there, or not shown to the integration user`;
    const { fields } = await describe([]);
    const heir = [...fields.values()].find(({ label, type }) => label === before.label && type === before.type);
    return `${place} is gone, or no longer shown to the integration user${heir ? `; it may be ${heir.path} now` : ''}`;
  }
  return before && before.type !== now.type ? `${place} was a ${before.type} and is a ${now.type} now` : undefined;
}
