import type { Ends } from '../../engine/index.ts';
import { pageAddress, type ConnectContext } from '../kit/index.ts';
import { hosts, type IterableSettings } from './settings.ts';

/**
 * Where a user's profile is in the app. Iterable documents no address: that by email is the one that its own app shows,
 * and none is known by user ID, so that such a project says its own.
 */
const profiles: Readonly<Record<string, string>> = {
  [hosts.us]: 'https://app.iterable.com/users/profiles/{key}',
  [hosts.eu]: 'https://app.eu.iterable.com/users/profiles/{key}',
};

/** The page of a user in the project's app; of another host than Iterable's own none is known. */
export function recordPages({ settings, baseUrl }: ConnectContext<IterableSettings>): NonNullable<Ends['recordPage']> {
  const template = settings.recordPage ?? (settings.identity === 'email' ? profiles[baseUrl] : undefined);
  return (_sync, key) =>
    template === undefined ? undefined : { system: 'Iterable', address: pageAddress(template, { key }) };
}
