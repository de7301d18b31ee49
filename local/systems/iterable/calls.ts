import type { Answer } from './answer.ts';
import type { Project } from './project.ts';

/** One request as the calls see it: its way here, its key and its limits are dealt with. */
export interface Call {
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly text: string;
}

/** How often a call may be made: `requests` within `milliseconds`, by API key. */
export interface Limit {
  readonly requests: number;
  readonly milliseconds: number;
}

export interface CallDefinition {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** As hono writes it: `/api/users/:email`. */
  readonly path: string;
  /** Calls of the same name share a limit. */
  readonly name: string;
  readonly limit: Limit;
  /** Pure but for the project: a duplicated request runs it twice. */
  handle(call: Call, project: Project): Answer;
}

export const second = 1000;
export const minute = 60_000;

/** Source: table of rates, Iterable's API reference and the makers of its clients; what is not told there is 100/s. */
export const limits = {
  bulkUpdate: { requests: 5, milliseconds: second },
  update: { requests: 500, milliseconds: second },
  read: { requests: 3, milliseconds: second },
  delete: { requests: 100, milliseconds: second },
  listWrite: { requests: 5, milliseconds: second },
  listRead: { requests: 5, milliseconds: minute },
  other: { requests: 100, milliseconds: second },
} as const;
