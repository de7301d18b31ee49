import type { ReasonCode } from '../../engine/index.ts';
import type { IterableSettings } from './settings.ts';

/** One `@`, no blanks or brackets, a domain of at least two labels: stricter checks refuse addresses that work. */
const email = /^[^\s@<>(),;:"[\]\\]+@[^\s@.<>(),;:"[\]\\]+(\.[^\s@.<>(),;:"[\]\\]+)+$/;
const longestEmail = 254;
const longestUserId = 52;

/** The key as Iterable compares it: an email trimmed and lower-cased, a user ID trimmed. */
export function normaliseKey(
  identity: IterableSettings['identity'],
  value: string,
): { readonly key: string } | { readonly reason: ReasonCode } {
  const trimmed = value.trim();
  if (trimmed === '') return { reason: 'no-key' };
  if (identity !== 'email') return trimmed.length > longestUserId ? { reason: 'invalid-key' } : { key: trimmed };
  const key = trimmed.toLowerCase();
  return key.length <= longestEmail && email.test(key) ? { key } : { reason: 'invalid-key' };
}
