import type { TargetRecord } from '../../engine/index.ts';
import { keyField, type IterableSettings } from './settings.ts';

const quote = 34;
const comma = 44;
const close = 125;

let scratch = Buffer.alloc(0);

type Identity = IterableSettings['identity'];

/**
 * The body of a bulk update, composed from the records' own JSON text. In bytes, each record encoded by itself: one
 * name beyond Latin-1 would make a text of the whole body twice as large, and slow to encode.
 */
export function bulkBody(records: readonly TargetRecord[], settings: IterableSettings): Uint8Array {
  const { identity } = settings;
  const name = keyField(identity);
  const start = `{"${name}":"`;
  const head = '{"users":[';
  const tail = `],"createNewFields":${settings.createNewFields}}`;
  const end = Buffer.from(options(identity), 'latin1');
  const users: string[] = [];
  // Of a character of JavaScript as UTF-8, at most three bytes.
  let most = head.length + tail.length;
  for (const record of records) {
    const user = userJson(record, name, start);
    users.push(user);
    most += user.length * 3 + ','.length + end.length;
  }
  const body = scratchOf(most);
  let length = body.write(head, 0, 'latin1');
  for (const user of users) {
    if (length > head.length) body[length++] = comma;
    // The options stand in the place of its closing brace.
    length += body.write(user, length, 'utf8') - 1;
    body.set(end, length);
    length += end.length;
  }
  length += body.write(tail, length, 'latin1');
  return Buffer.from(body.subarray(0, length));
}

/** Memory for `bytes`, to be copied from at once: counting a text's bytes before they are written costs as much as writing them. */
function scratchOf(bytes: number): Buffer {
  if (scratch.length < bytes) scratch = Buffer.allocUnsafeSlow(bytes);
  return scratch;
}

/** Bytes of a body beyond the records' own JSON. */
export function overhead(identity: Identity): { readonly batchBytes: number; readonly recordBytes: number } {
  return {
    batchBytes: '{"users":[],"createNewFields":false}'.length,
    recordBytes: ','.length + options(identity).length - 1,
  };
}

function userJson({ key, json }: TargetRecord, name: string, start: string): string {
  return beginsWithKey(json, start, key) ? json : withKey(json, name, key);
}

/** True when the key stands first, as it is. One that JSON writes otherwise never does. */
function beginsWithKey(json: string, start: string, key: string): boolean {
  const end = start.length + key.length;
  return (
    json.startsWith(start) &&
    json.startsWith(key, start.length) &&
    json.charCodeAt(end) === quote &&
    (json.charCodeAt(end + 1) === comma || json.charCodeAt(end + 1) === close) &&
    !key.includes('\\')
  );
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
