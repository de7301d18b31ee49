import type { ReasonCode } from '../../engine/index.ts';

/** The key as Pendo compares it: blanks around it are none of it; every character counts, capitals too (P-54). */
export function normaliseKey(value: string): { readonly key: string } | { readonly reason: ReasonCode } {
  const key = value.trim();
  return key === '' ? { reason: 'no-key' } : { key };
}

/** True when an ID can stand in a path as it is. */
export function isUrlSafe(id: string): boolean {
  return /^[\w.~-]+$/.test(id);
}
