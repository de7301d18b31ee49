import { z } from 'zod';
import type { Visitor } from './entities.ts';

/** Who is meant: everyone, or who is named or belongs to a named account. */
export const segmentSchema = z.strictObject({
  name: z.string().min(1),
  accounts: z.array(z.string()).optional(),
  visitors: z.array(z.string()).optional(),
});

export type Segment = z.infer<typeof segmentSchema> & { readonly id: string };

export const everyone: Segment = { id: 'everyone', name: 'Everyone' };

export interface Membership {
  /** Whether a visitor is meant, in one of its accounts if that is given. */
  visitor(visitor: Visitor, accountId?: string): boolean;
  account(id: string): boolean;
}

export function membershipOf({ accounts, visitors }: Segment): Membership {
  if (accounts === undefined && visitors === undefined) return { visitor: () => true, account: () => true };
  const accountIds = new Set(accounts);
  const visitorIds = new Set(visitors);
  return {
    visitor({ id, accountIds: own }, accountId) {
      if (visitorIds.has(id)) return true;
      return accountId === undefined ? own.some((each) => accountIds.has(each)) : accountIds.has(accountId);
    },
    account: (id) => accountIds.has(id),
  };
}
