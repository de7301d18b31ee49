import type { Answer } from './answer.ts';

/** One request as the calls see it: its way here, its key and its limits are dealt with. */
export interface Call {
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  /** Its body, and that as text. */
  readonly bytes: Uint8Array;
  readonly text: string;
}

/** How often a call may be made: `requests` within `milliseconds`, by API key. */
export interface Limit {
  readonly requests: number;
  readonly milliseconds: number;
}

/** One call of a system, whose `State` is all that it holds. */
export interface CallDefinition<State> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** As hono writes it: `/api/users/:email`. */
  readonly path: string;
  /** Calls of the same name share a limit. */
  readonly name: string;
  readonly limit: Limit;
  /** Pure but for the state: a duplicated request runs it twice. */
  handle(call: Call, state: State): Answer;
}
