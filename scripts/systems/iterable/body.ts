import type { TargetRecord } from '../../engine/index.ts';
import { keyField, type IterableSettings } from './settings.ts';

type Identity = IterableSettings['identity'];

/** The body of a bulk update, composed from the records' own JSON text. */
export function bulkBody(records: readonly TargetRecord[], settings: IterableSettings): string {
  const users = records.map((record) => userJson(record, settings.identity)).join(',');
  return `{"users":[${users}],"createNewFields":${settings.createNewFields}}`;
}

/** Bytes of a body beyond the records' own JSON. */
export function overhead(identity: Identity): { readonly batchBytes: number; readonly recordBytes: number } {
  return {
    batchBytes: '{"users":[],"createNewFields":false}'.length,
    recordBytes: ','.length + options(identity).length - 1,
  };
}

function userJson({ key, json }: TargetRecord, identity: Identity): string {
  const name = keyField(identity);
  const start = `{"${name}":${JSON.stringify(key)}`;
  const own = json.startsWith(`${start},`) || json === `${start}}` ? json : withKey(json, name, key);
  return own.slice(0, -1) + options(identity);
}

/** Replaces the closing brace. Nested objects are merged, so that fields that others keep there stay. */
function options(identity: Identity): string {
  return identity === 'email' ? ',"mergeNestedObjects":true}' : ',"mergeNestedObjects":true,"preferUserId":true}';
}

/** For a mapping that leaves the key out, or spells it otherwise than Iterable compares it. */
function withKey(json: string, name: string, key: string): string {
  const { [name]: _spelled, ...rest } = JSON.parse(json) as Record<string, unknown>;
  return JSON.stringify({ [name]: key, ...rest });
}
