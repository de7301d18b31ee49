import type { WriteLimits } from '../../engine/index.ts';

export interface OwnFields {
  /** First characters of the API names of the system's fields in the org; case counts: `Acme_`. */
  readonly prefix: string;
  /** The system's own objects: what may be written of those is for the system itself to say. */
  readonly systemObjects: readonly string[];
}

/**
 * The limits of a system that may change, in the org, existing records only, and of those the custom fields that bear
 * its prefix: not a standard field, not one of a managed package, not a parent, not one in other letters (an org
 * would take `acme_x__c` for `Acme_X__c`, so what is not spelled as it is made is not known to be ours).
 */
export function ownFieldsOnly({ prefix, systemObjects }: OwnFields): WriteLimits {
  const others = new Set(systemObjects);
  return {
    mayWrite: (object, path) => others.has(object) || isOwnField(prefix, path),
    existingOnly: (object) => !others.has(object),
  };
}

/**
 * True for the API name of a custom field with the prefix; a contact's field appears as `__pc` on a person account. An
 * API name never holds two underscores in a row, but before its suffix: `Acme__X__c` is field X of the package Acme.
 */
export function isOwnField(prefix: string, name: string): boolean {
  if (!name.startsWith(prefix)) return false;
  const rest = name.slice(prefix.length);
  return /^[A-Za-z0-9]+(_[A-Za-z0-9]+)*__p?c$/.test(rest);
}
