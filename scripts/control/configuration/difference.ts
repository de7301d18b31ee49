import type { Draft } from './schema.ts';

/** One value that differs; a side that does not have it is absent. */
export interface Difference {
  /** `sync leads · mapping email · source`. */
  readonly place: string;
  readonly from?: string;
  readonly to?: string;
}

/** What has to change in `from` to make it `to`, place by place, in the order of their names. */
export function differences(from: Draft, to: Draft): readonly Difference[] {
  const before = flatten(from);
  const after = flatten(to);
  const found: Difference[] = [];
  for (const place of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const left = before.get(place);
    const right = after.get(place);
    if (left === right) continue;
    found.push({ place, ...(left === undefined ? {} : { from: left }), ...(right === undefined ? {} : { to: right }) });
  }
  return found;
}

function flatten(draft: Draft): ReadonlyMap<string, string> {
  const flat = new Map<string, string>();
  for (const { name, ...rest } of draft.connections) add(flat, `connection ${name}`, rest);
  for (const { name, mappings, ...rest } of draft.syncs) {
    add(flat, `sync ${name}`, rest);
    flat.set(`sync ${name} · order of mappings`, mappings.map((mapping) => mapping.target).join(', '));
    for (const { target, ...mapping } of mappings) add(flat, `sync ${name} · mapping ${target}`, mapping);
  }
  return flat;
}

function add(flat: Map<string, string>, place: string, value: unknown): void {
  if (value === undefined) return;
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0) {
    for (const [key, each] of Object.entries(value)) add(flat, `${place} · ${key}`, each);
    return;
  }
  flat.set(place, typeof value === 'string' ? value : JSON.stringify(value));
}
