import { seededRandom } from '../../random.ts';
import type { Visitor } from './entities.ts';
import type { Subscription } from './subscription.ts';

export interface Generation {
  /** IDs of the accounts, or how many: then `account-0000000` and so on. */
  readonly accounts: number | readonly string[];
  /** How many visitors, each of one of the accounts; `visitor.0@example.com` and so on. */
  readonly visitors: number;
  readonly seed?: number | undefined;
}

const plans = ['free', 'team', 'business', 'enterprise'];

function accountId(index: number): string {
  return `account-${String(index).padStart(7, '0')}`;
}

/** What a snippet on a web page sends of its visitors and accounts. */
function defineAgentFields({ schemas }: Subscription): void {
  schemas.account.define('agent', 'name', { type: 'string', displayName: 'Account Name' });
  schemas.account.define('agent', 'plan', { type: 'string', displayName: 'Plan' });
  schemas.account.define('agent', 'seats', { type: 'integer', displayName: 'Seats' });
  schemas.visitor.define('agent', 'email', { type: 'string', displayName: 'Email' });
  schemas.visitor.define('agent', 'role', { type: 'string', displayName: 'Role' });
}

/** Fills a subscription, the same for the same seed. Usage is a pattern for each visitor and takes no room. */
export function generate(subscription: Subscription, { accounts, visitors, seed = 1 }: Generation): void {
  const random = seededRandom(seed);
  const pick = (items: readonly string[]): string => items[Math.floor(random() * items.length)] as string;
  defineAgentFields(subscription);
  const ids =
    typeof accounts === 'number' ? Array.from({ length: accounts }, (_, index) => accountId(index)) : accounts;
  for (const [index, id] of ids.entries()) {
    const { metadata } = subscription.ensure('account', id);
    metadata['agent'] = { name: `Account ${index}`, plan: pick(plans), seats: 1 + Math.floor(random() * 500) };
  }
  for (let index = 0; index < visitors; index++) {
    const email = `visitor.${index}@example.com`;
    const pattern = Math.floor(random() * 4_294_967_296);
    const visitor = subscription.ensure('visitor', email, pattern) as Visitor;
    visitor.metadata['agent'] = { email, role: index % 10 === 0 ? 'admin' : 'user' };
    const account = ids[Math.floor(random() * ids.length)];
    if (account !== undefined) subscription.setAccountsOf(visitor, [account]);
  }
}
