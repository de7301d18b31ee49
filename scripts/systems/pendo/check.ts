import { z } from 'zod';
import { CredentialsError, RetryError } from '../../engine/index.ts';
import type { Lane } from '../../http/index.ts';
import type { Caller } from './call.ts';
import type { PendoSettings } from './settings.ts';

const verified = z.looseObject({ valid: z.boolean(), writeAccess: z.boolean() });

/**
 * Asks Pendo about the key. Throws `CredentialsError` for one that is not valid, or may not write where `writing`.
 */
export async function checkKey(
  ports: {
    readonly caller: Caller;
    readonly lane: Lane;
    readonly connection: string;
    readonly settings: PendoSettings;
  },
  writing: boolean,
): Promise<{ readonly account: string }> {
  const { caller, lane, connection, settings } = ports;
  const path = '/api/v1/token/verify';
  const reply = verified.safeParse(await caller.read({ lane, urgency: 'live', method: 'GET', path }));
  if (!reply.success) throw new RetryError('The answer of Pendo does not say whether the key is valid.', []);
  const { valid, writeAccess } = reply.data;
  if (!valid || (writing && !writeAccess)) {
    const lack = valid ? 'may only read' : 'is not valid';
    throw new CredentialsError(`The integration key of the connection "${connection}" ${lack}.`, [
      'Make one in Pendo, Settings, Integrations, Integration keys, with write access, and give it to Plumbline.',
      'Integration keys are part of the plans that include them (Pendo Pro and above).',
    ]);
  }
  return { account: `Pendo subscription in the region ${settings.region.toUpperCase()}` };
}
