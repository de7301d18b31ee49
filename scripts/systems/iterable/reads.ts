import { z } from 'zod';
import { RetryError, type FieldDescription, type ObjectDescription } from '../../engine/index.ts';
import type { Lane } from '../../http/index.ts';
import type { Caller } from './call.ts';
import { keyField, type IterableSettings } from './settings.ts';

const fieldsReply = z.object({ fields: z.record(z.string(), z.string()) });
const userReply = z.object({ user: z.record(z.string(), z.unknown()).optional() });
const channelsReply = z.object({ channels: z.array(z.unknown()) });

/** Fields that Iterable keeps for itself. */
const own = /^(itblInternal|profileUpdatedAt|itblUserId|itblDS)/;

export interface Reads {
  describe(): Promise<ObjectDescription>;
  read(keys: readonly string[]): Promise<ReadonlyMap<string, Readonly<Record<string, unknown>>>>;
  check(): Promise<{ readonly account: string }>;
}

/** The reads of one project; all go through the lane of 3 requests a second. */
export function createReads(caller: Caller, lane: Lane, settings: IterableSettings): Reads {
  const name = keyField(settings.identity);
  const get = (path: string): Promise<unknown> => caller.read({ lane, urgency: 'live', method: 'GET', path });

  return {
    async describe() {
      const reply = fieldsReply.safeParse(await get('/api/users/getFields'));
      if (!reply.success) throw new RetryError('The answer of Iterable holds no fields.', []);
      const fields = new Map<string, FieldDescription>();
      for (const key of ['email', 'userId']) fields.set(key, toField(key, key, 'string', key !== name));
      for (const [field, type] of Object.entries(reply.data.fields)) {
        if (!fields.has(field)) fields.set(`dataFields.${field}`, toField(`dataFields.${field}`, field, type, true));
      }
      return { object: 'user', label: 'User', fields };
    },

    async read(keys) {
      const users = new Map<string, Readonly<Record<string, unknown>>>();
      for (const key of keys) {
        const where =
          name === 'email' ? `getByEmail?email=${encodeURIComponent(key)}` : `byUserId/${encodeURIComponent(key)}`;
        const reply = userReply.safeParse(await get(`/api/users/${where}`));
        if (!reply.success) throw new RetryError('The answer of Iterable is not a user.', []);
        if (reply.data.user) users.set(key, reply.data.user);
      }
      return users;
    },

    async check() {
      const reply = channelsReply.safeParse(await get('/api/channels'));
      if (!reply.success) throw new RetryError('The answer of Iterable holds no channels.', []);
      return { account: `Iterable project in the ${settings.region.toUpperCase()} data centre` };
    },
  };
}

function toField(path: string, label: string, type: string, nillable: boolean): FieldDescription {
  return { path, label, type, nillable, readable: true, writable: !own.test(label) };
}
