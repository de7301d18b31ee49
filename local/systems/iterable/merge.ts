import { isFields, type Fields } from './field-types.ts';

/** Whether two JSON values are the same. */
export function same(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left)) {
    return Array.isArray(right) && left.length === right.length && left.every((item, at) => same(item, right[at]));
  }
  if (!isFields(left) || !isFields(right)) return false;
  let count = 0;
  for (const name in left) {
    if (!Object.hasOwn(right, name) || !same(left[name], right[name])) return false;
    count++;
  }
  for (const _ in right) count--;
  return count === 0;
}

/** Sets an own property whatever its name: an assignment to `__proto__` would change the prototype. */
function put(target: Fields, name: string, value: unknown): void {
  if (name === '__proto__') {
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  } else target[name] = value;
}

function containsNull(fields: Fields): boolean {
  for (const name in fields) {
    const value = fields[name];
    if (value === null || (isFields(value) && containsNull(value))) return true;
  }
  return false;
}

/** The same fields without nulls at any depth: null means "no value" and is not kept. */
export function withoutNulls(fields: Fields): Fields {
  if (!containsNull(fields)) return fields;
  const kept: Fields = {};
  for (const name in fields) {
    const value = fields[name];
    if (value !== null) put(kept, name, isFields(value) ? withoutNulls(value) : value);
  }
  return kept;
}

/** The same fields without the paths named (`a`, `a.b`). */
export function withoutPaths(fields: Fields, paths: readonly string[], prefix = ''): Fields {
  const kept: Fields = {};
  for (const name in fields) {
    const value = fields[name];
    const path = prefix + name;
    if (paths.includes(path)) continue;
    put(kept, name, isFields(value) ? withoutPaths(value, paths, `${path}.`) : value);
  }
  return kept;
}

function without(fields: Fields, names: readonly string[]): Fields {
  const kept: Fields = {};
  for (const name in fields) if (!names.includes(name)) put(kept, name, fields[name]);
  return kept;
}

/**
 * Writes `incoming` over `stored`, which is changed in place unless a field is cleared. A field that is absent stays; null
 * clears; an object replaces the stored one, or with `mergeNested` is merged into it one level deep.
 * Returns the fields to keep and whether anything changed.
 */
export function mergeFields(
  stored: Fields,
  incoming: Fields,
  mergeNested: boolean,
): { readonly fields: Fields; readonly changed: boolean } {
  let changed = false;
  const cleared: string[] = [];
  for (const name in incoming) {
    const value = incoming[name];
    const known = Object.hasOwn(stored, name);
    const before = known ? stored[name] : undefined;
    if (value === null) {
      if (known) cleared.push(name);
    } else if (mergeNested && isFields(value) && isFields(before)) {
      const inner = mergeFields(before, value, false);
      if (inner.changed) {
        changed = true;
        put(stored, name, inner.fields);
      }
    } else {
      const next = isFields(value) ? withoutNulls(value) : value;
      if (!known || !same(before, next)) {
        put(stored, name, next);
        changed = true;
      }
    }
  }
  if (cleared.length === 0) return { fields: stored, changed };
  return { fields: without(stored, cleared), changed: true };
}
