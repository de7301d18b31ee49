import type { TargetRecord } from '../../engine/index.ts';
import { keyField, type IterableSettings } from './settings.ts';

type Identity = IterableSettings['identity'];

/** Bytes that one unit of a JavaScript string takes in UTF-8 at most. */
const mostBytes = 3;

/**
 * The body of a bulk update, composed from the records' own JSON text. In bytes, each record encoded by itself: one
 * name beyond Latin-1 would make a text of the whole body twice as large, and slow to encode.
 */
export function bulkBody(records: readonly TargetRecord[], settings: IterableSettings): Uint8Array {
  const { identity } = settings;
  const name = keyField(identity);
  const head = '{"users":[';
  const tail = `],"createNewFields":${settings.createNewFields}}`;
  const end = options(identity);
  const users = records.map((record) => userJson(record, name));
  let units = head.length + tail.length;
  for (const user of users) units += user.length + end.length;
  const body = Buffer.allocUnsafe(units * mostBytes);
  let length = body.write(head, 0, 'latin1');
  for (const [place, user] of users.entries()) {
    if (place > 0) length += body.write(',', length, 'latin1');
    // Without its closing brace, in whose place the options are written.
    length += body.write(user, length, 'utf8') - 1;
    length += body.write(end, length, 'latin1');
  }
  length += body.write(tail, length, 'latin1');
  return body.subarray(0, length);
}

/** Bytes of a body beyond the records' own JSON. */
export function overhead(identity: Identity): { readonly batchBytes: number; readonly recordBytes: number } {
  return {
    batchBytes: '{"users":[],"createNewFields":false}'.length,
    recordBytes: ','.length + options(identity).length - 1,
  };
}

function userJson({ key, json }: TargetRecord, name: string): string {
  const start = `{"${name}":${JSON.stringify(key)}`;
  return json.startsWith(`${start},`) || json === `${start}}` ? json : withKey(json, name, key);
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
