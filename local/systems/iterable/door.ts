import type { SystemClock } from '../clock.ts';
import { failure, Refusal, type Answer } from './answer.ts';
import { longestBody } from './body.ts';
import type { Call, CallDefinition, Limit } from './calls.ts';
import type { Fault, Faults } from './faults.ts';
import type { Project } from './project.ts';
import { RateLimits } from './rate-limits.ts';
import type { Statistics } from './statistics.ts';

/** A connection that ended without an answer, as `fetch` tells it: a TypeError. */
export class ConnectionCut extends TypeError {
  constructor() {
    super('fetch failed: the local Iterable cut the connection');
  }
}

export interface DoorOptions {
  readonly apiKeys: ReadonlySet<string>;
  readonly clock: SystemClock;
  readonly faults: Faults;
  readonly statistics: Statistics;
}

/** What each request passes through on its way to a call and back: key, size, limit, fault, log. */
export class Door {
  readonly #options: DoorOptions;
  readonly #project: Project;
  readonly #limits = new RateLimits();
  readonly #pending = new Set<() => void>();

  constructor(options: DoorOptions, project: Project) {
    this.#options = options;
    this.#project = project;
  }

  /** How many writes are still to be applied late. */
  get pending(): number {
    return this.#pending.size;
  }

  /** Drops what was still to be applied late. */
  close(): void {
    for (const cancel of this.#pending) cancel();
    this.#pending.clear();
  }

  /** Answers one request. Rejects with `ConnectionCut` when a fault ends the connection. */
  async receive(request: Request, definition: CallDefinition, parameters: Record<string, string>): Promise<Response> {
    const { clock, statistics } = this.#options;
    const url = new URL(request.url);
    const headers = request.headers;
    const key = headers.get('api-key') ?? headers.get('api_key') ?? undefined;
    const body = definition.method === 'POST' ? await readBody(request) : '';
    const call: Call = { path: url.pathname, parameters, query: url.searchParams, text: body ?? '' };
    const { answer, fault } = await this.#answer(definition, call, key, body === undefined);
    statistics.request(definition.name, {
      at: clock.now(),
      method: definition.method,
      path: url.pathname,
      key: key === undefined ? '' : `…${key.slice(-4)}`,
      bytes: call.text.length,
      status: answer?.status ?? 'cut',
      fault,
    });
    if (answer === undefined) throw new ConnectionCut();
    return toResponse(answer);
  }

  async #answer(
    definition: CallDefinition,
    call: Call,
    key: string | undefined,
    tooLarge: boolean,
  ): Promise<{ readonly answer: Answer | undefined; readonly fault: Fault['kind'] }> {
    const refusal = this.#refuse(definition, call, key, tooLarge);
    if (refusal !== undefined) return { answer: refusal, fault: 'none' };
    const fault = this.#options.faults.next();
    return { answer: await this.#applyWith(fault, definition, call), fault: fault.kind };
  }

  #refuse(definition: CallDefinition, call: Call, key: string | undefined, tooLarge: boolean): Answer | undefined {
    if (key === undefined) return failure(401, 'BadApiKey', 'No API key found on request');
    if (!this.#options.apiKeys.has(key)) {
      return failure(401, 'BadApiKey', 'Invalid API key', { ip: '127.0.0.1', endpoint: call.path });
    }
    if (tooLarge) return failure(413, 'BatchTooLarge', `Request body is larger than ${longestBody} bytes`);
    const window = `${key} ${definition.name}`;
    if (!this.#limits.take(window, this.#limitOf(definition), this.#options.clock.now())) return this.#throttle(call);
    return undefined;
  }

  /** The 429 of Iterable: no `Retry-After`, no other header. */
  #throttle({ path }: Call): Answer {
    const msg = `Exceeded rate limit for endpoint: ${path}, project: ${this.#project.number}`;
    return failure(429, 'RateLimitExceeded', msg, {});
  }

  #limitOf({ name, limit }: CallDefinition): Limit {
    const lifted = name === 'users/bulkUpdate' ? this.#options.faults.bulkUpdatePerSecond : undefined;
    return lifted === undefined ? limit : { requests: lifted, milliseconds: 1000 };
  }

  /** Undefined when the connection is cut. */
  async #applyWith(fault: Fault, definition: CallDefinition, call: Call): Promise<Answer | undefined> {
    const { statistics } = this.#options;
    const apply = (): Answer => run(definition, call, this.#project);
    switch (fault.kind) {
      case 'none':
        return apply();
      case 'cutBeforeApply':
        return undefined;
      case 'cutAfterApply':
        apply();
        return undefined;
      case 'late':
        void this.#after(fault.milliseconds, () => {
          apply();
          statistics.lateApplied++;
        });
        return undefined;
      case 'duplicate':
        apply();
        return this.#after(fault.milliseconds, () => {
          statistics.duplicatesApplied++;
          return apply();
        });
      case 'slow': {
        const answer = apply();
        return this.#after(fault.milliseconds, () => answer);
      }
      case 'error500':
        return failure(500, 'GenericError', 'An unexpected error occurred');
      case 'error503':
        return failure(503, 'GenericError', 'Service unavailable');
      case 'throttle':
        return this.#throttle(call);
    }
  }

  /** Runs a task at its time, within the tick of the clock: what it throws is the clock's to tell. */
  #after<T>(milliseconds: number, task: () => T): Promise<T> {
    return new Promise((resolve) => {
      const cancel = this.#options.clock.after(milliseconds, () => {
        this.#pending.delete(cancel);
        resolve(task());
      });
      this.#pending.add(cancel);
    });
  }
}

function run(definition: CallDefinition, call: Call, project: Project): Answer {
  try {
    return definition.handle(call, project);
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}

/** Undefined when it is larger than the API takes. */
async function readBody(request: Request): Promise<string | undefined> {
  if (Number(request.headers.get('content-length') ?? 0) > longestBody) {
    await request.body?.cancel();
    return undefined;
  }
  const text = await request.text();
  // A character of JavaScript is at most three bytes of UTF-8, so only long texts need counting.
  const fits = text.length * 3 <= longestBody || Buffer.byteLength(text) <= longestBody;
  return fits ? text : undefined;
}

function toResponse({ status, body, type }: Answer): Response {
  if (type === 'text')
    return new Response(String(body), { status, headers: { 'content-type': 'text/plain; charset=utf-8' } });
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
}
