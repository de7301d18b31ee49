import type { Ends } from '../../engine/index.ts';
import { pageAddress, type ConnectContext } from '../kit/index.ts';
import { idField, kindSpokenOf } from './objects.ts';
import { hosts, type PendoSettings } from './settings.ts';

/** The page of an account or visitor in the subscription's app; of another host than Pendo's own none is known. */
export function recordPages({ settings, baseUrl }: ConnectContext<PendoSettings>): NonNullable<Ends['recordPage']> {
  const isOwn = Object.values(hosts).includes(baseUrl);
  // Pendo documents no address: that of an account was seen in links to it, that of a visitor is taken to be alike.
  const template = settings.recordPage ?? (isOwn ? `${baseUrl}/{kind}/{id}` : undefined);
  return ({ direction, systemObject, key }, record, held) => {
    const kind = kindSpokenOf(systemObject);
    if (template === undefined || kind === undefined) return undefined;
    const isId = direction === 'systemToSalesforce' || key.target === idField(kind);
    const id = isId ? record : (held as Readonly<Record<string, unknown>> | undefined)?.[idField(kind)];
    return typeof id === 'string' ? { system: 'Pendo', address: pageAddress(template, { kind, id }) } : undefined;
  };
}
