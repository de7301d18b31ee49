import { SettingsError, type ReasonCode } from '../../engine/index.ts';
import type { OrgField, OrgObject } from '../describe.ts';
import { isRecordId } from '../soql.ts';

/** How the org tells the records of one sync apart. */
export interface Key {
  readonly field: OrgField;
  readonly isId: boolean;
  /** As the org compares it. */
  fold(value: string): string;
}

/** Throws `SettingsError` when the object has no such field, or none that can do what the sync asks of it. */
export function keyOf(object: OrgObject, name: string, makes: boolean): Key {
  const field = object.fields.get(name.toLowerCase());
  if (!field) {
    throw new SettingsError(`${object.label} has no field "${name}" to tell its records apart, or does not show it.`, [
      'Choose another key field in the sync, or give the integration user access to this one.',
    ]);
  }
  const isId = field.name === 'Id';
  if (makes && !field.identifies) {
    throw new SettingsError(
      `${object.name}.${field.name} is no external ID, so records made by it could be made twice.`,
      ['Make the field an external ID, choose one that is, or let the sync change existing records only.'],
    );
  }
  const fold = (value: string): string => (isId ? longId(value) : field.caseSensitive ? value : value.toLowerCase());
  return { field, isId, fold };
}

/**
 * A key before the org was asked about its field: an ID in its 18 characters; text without blanks around it, in small
 * letters, as an org compares text unless the field is case-sensitive.
 */
export function normaliseKey(
  name: string,
  value: string,
  caseSensitive: boolean,
): { readonly key: string } | { readonly reason: ReasonCode } {
  const key = value.trim();
  if (key === '') return { reason: 'no-key' };
  if (name.toLowerCase() === 'id') return isRecordId(key) ? { key: longId(key) } : { reason: 'invalid-key' };
  return { key: caseSensitive ? key : key.toLowerCase() };
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** The 18 characters of an ID of 15: each letter behind stands for which of five characters are capitals. */
export function longId(id: string): string {
  if (id.length !== 15) return id;
  let suffix = '';
  for (let start = 0; start < 15; start += 5) {
    let bits = 0;
    for (let place = 0; place < 5; place += 1) if (/[A-Z]/.test(id.charAt(start + place))) bits |= 1 << place;
    suffix += alphabet.charAt(bits);
  }
  return id + suffix;
}
