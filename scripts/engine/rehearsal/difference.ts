/** One field of one record as it is in the target and as it would be. An absent field is undefined. */
export interface FieldDifference {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** The fields that sending `after` would change. Fields that it does not name are not touched. */
export function differences(before: unknown, after: unknown, path = ''): readonly FieldDifference[] {
  if (isGroup(after)) {
    const fields = isGroup(before) ? before : {};
    return Object.entries(after).flatMap(([name, value]) =>
      differences(fields[name], value, path === '' ? name : `${path}.${name}`),
    );
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, before, after }];
}

function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
