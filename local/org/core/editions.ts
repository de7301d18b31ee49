import { OrgError } from './contract/index.ts';
import type { SchemaState } from './schema/index.ts';

/** What an org was bought as; it decides how much of everything there is. */
export type Edition = 'developer' | 'enterprise' | 'unlimited';

interface EditionRules {
  /** `Organization.OrganizationType`. */
  readonly type: string;
  /** Source: Platform Events Developer Guide, "Platform Event Allocations". */
  readonly eventDefinitions: number;
}

export const editions: Readonly<Record<Edition, EditionRules>> = {
  developer: { type: 'Developer Edition', eventDefinitions: 5 },
  enterprise: { type: 'Enterprise Edition', eventDefinitions: 50 },
  unlimited: { type: 'Unlimited Edition', eventDefinitions: 100 },
};

/** Throws `OrgError` LIMIT_EXCEEDED, naming the event, for a schema with more platform events than the edition allows. */
export function checkEventDefinitions(schema: SchemaState, edition: Edition): void {
  const { eventDefinitions } = editions[edition];
  const events = [...schema.definitions.values()].filter(({ kind }) => kind === 'event');
  const beyond = events[eventDefinitions];
  if (beyond === undefined) return;
  const message = `${beyond.name}: the limit of ${eventDefinitions} platform event definitions of this org is reached`;
  throw new OrgError(400, 'LIMIT_EXCEEDED', message);
}
