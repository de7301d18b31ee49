import { createHash } from 'node:crypto';
import { SettingsError, type Configuration } from '../../engine/index.ts';
import { requireDraft, type Draft } from './schema.ts';

/** A long text area holds 131,072 characters. */
const partLength = 131_072;
const maxParts = 3;

export interface Frozen {
  readonly parts: readonly string[];
  /** SHA-256 of the whole text, in hexadecimal. */
  readonly hash: string;
}

/** The same value has one text, whatever order its keys came in. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(
    entries.sort(([left], [right]) => (left < right ? -1 : 1)).map(([key, each]) => [key, canonical(each)]),
  );
}

/** Freezes a configuration for one org. Throws `SettingsError` when it is too large for a version. */
export function freeze(draft: Draft, orgId: string): Frozen {
  const configuration: Configuration = { orgId, ...draft };
  const text = JSON.stringify(canonical(configuration));
  const parts: string[] = [];
  let start = 0;
  while (start < text.length) {
    let end = Math.min(start + partLength, text.length);
    // The platform trims blanks at both ends of a text field, and a cut surrogate pair is no longer a character.
    while (end < text.length && (/\s/.test(text.slice(end - 1, end + 1)) || /[\uDC00-\uDFFF]/.test(text.charAt(end))))
      end -= 1;
    parts.push(text.slice(start, end));
    start = end;
  }
  if (parts.length > maxParts) {
    throw new SettingsError(
      `The configuration has ${text.length} characters; a version holds ${maxParts * partLength}.`,
      ['Remove syncs or mappings that are no longer needed.'],
    );
  }
  return { parts, hash: hashOf(text) };
}

/** Reads a version's content back. Throws `SettingsError` when it was altered, or is for another org (N-15). */
export function thaw(version: Frozen & { readonly name: string }, orgId: string): Configuration {
  const text = version.parts.join('');
  if (hashOf(text) !== version.hash) {
    throw new SettingsError(
      `The content of version ${version.name} was altered after its activation: its hash does not match.`,
      ['Activate the configuration again; nothing runs until then.'],
    );
  }
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || !('orgId' in value)) {
    throw new SettingsError(`Version ${version.name} does not say which org it is for.`, [
      'Activate the configuration again.',
    ]);
  }
  const { orgId: activatedFor, ...draft } = value;
  if (activatedFor !== orgId) {
    throw new SettingsError(
      `Version ${version.name} was activated for org ${String(activatedFor)}, and this is org ${orgId}: nothing is sent.`,
      ['If this org is a copy, such as a refreshed sandbox, connect it with credentials of its own and activate here.'],
    );
  }
  const mend = 'Activate the configuration again with this version of Plumbline.';
  return { orgId, ...requireDraft(draft, `Version ${version.name}`, mend) };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
