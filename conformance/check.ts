import type { Caller } from './http.ts';
import type { Session } from './target/index.ts';

/** What a check is given. Everything that it writes must carry `name(…)` in `Name` or `LastName`: so it is found again. */
export interface Trial extends Caller {
  readonly session: Session;
  /** A name that no other record of the org has, for this check and what it is of. */
  readonly name: (what: string) => string;
  /** Creates a record with the given values and returns its ID; throws when the org refuses. */
  readonly create: (
    object: 'Account' | 'Contact' | 'Lead',
    values: Readonly<Record<string, unknown>>,
  ) => Promise<string>;
  /** The rows of a query's first page; throws when the org refuses it. */
  readonly rows: <T>(soql: string) => Promise<readonly T[]>;
  /** Has a Bulk job aborted and deleted when the check has ended. `path`: `/jobs/ingest/750…`. */
  readonly endJob: (path: string) => void;
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** One statement about an org's behaviour. */
export interface Check {
  /** `REST-01`; never given to another check. */
  readonly id: string;
  readonly title: string;
  /** The page of Salesforce's documentation that says so. */
  readonly source: string;
  /** Throws what is wrong, or `CouldNotCheck`. */
  run(trial: Trial): Promise<void>;
}

/** The org lacks what the check needs; the message says what. */
export class CouldNotCheck extends Error {}

const manuals = {
  rest: 'api_rest.meta/api_rest',
  soql: 'soql_sosl.meta/soql_sosl',
  bulk: 'api_asynch.meta/api_asynch',
  metadata: 'api_meta.meta/api_meta',
  streaming: 'api_streaming.meta/api_streaming',
} as const;

/** The address of a page of a developer guide. */
export function guide(manual: keyof typeof manuals, page: string): string {
  return `https://developer.salesforce.com/docs/atlas.en-us.${manuals[manual]}/${page}.htm`;
}
