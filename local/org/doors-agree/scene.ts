import assert from 'node:assert/strict';
import { testOrg, type TestOrg } from '../server/test-org.ts';
import type { Sent } from './requests.ts';

/** An org, two clients of it, and the IDs of every record that they made. */
export class Scene {
  readonly made: TestOrg = testOrg();
  readonly ids: string[] = [];
  readonly #tokens: readonly string[];

  constructor() {
    const { org } = this.made;
    org.events.selectEntities(['Lead']);
    this.#tokens = [0, 1].map(() => org.issueToken(org.core.adminUserId));
  }

  tokenOf({ client }: Sent): string {
    return this.#tokens[client] ?? '';
  }

  /** The records that a request is about; none for a create. */
  pick({ verb, who, many }: Sent): string[] {
    if (verb === 'create') return [];
    const picked = Array.from({ length: many }, (_, next) => this.ids[(who + next) % this.ids.length] ?? '');
    return [...new Set(picked)].filter((id) => id !== '');
  }

  /** A call of REST by a client; what the org refuses is an answer, too. */
  async json(request: Sent, method: string, path: string, body?: unknown): Promise<unknown> {
    const headers = { authorization: `Bearer ${this.tokenOf(request)}` };
    const response = await this.made.call(method, path, body, headers);
    const answer = await response.text();
    assert(response.status < 500, `${method} ${path}: ${answer}`);
    return answer === '' ? undefined : (JSON.parse(answer) as unknown);
  }

  /** A call that is not of REST; its answer must be one of these. */
  async text(path: string, init: RequestInit, ...statuses: readonly number[]): Promise<string> {
    const response = await this.made.org.fetch(new Request(`http://org.local${path}`, init));
    const answer = await response.text();
    assert(statuses.includes(response.status), `${path}: ${response.status} ${answer}`);
    return answer;
  }

  /** Notes the IDs in answers of REST, however deep they are. */
  keep(answer: unknown): void {
    if (typeof answer !== 'object' || answer === null) return;
    for (const [name, value] of Object.entries(answer)) {
      if (name.toLowerCase() === 'id' && typeof value === 'string') this.keepId(value);
      else this.keep(value);
    }
  }

  keepId(id: string): void {
    if (id.startsWith('00Q') && !this.ids.includes(id)) this.ids.push(id);
  }
}
