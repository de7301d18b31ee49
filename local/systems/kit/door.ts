import type { SystemClock } from '../clock.ts';
import { Refusal, toResponse, type Answer } from './answer.ts';
import type { Call, CallDefinition, Limit } from './calls.ts';
import { ConnectionCut } from './cut.ts';
import type { Fault } from './faults.ts';
import { RateLimits } from './rate-limits.ts';
import type { Statistics } from './statistics.ts';

const noBytes = new Uint8Array(0);
const decoder = new TextDecoder();

/** How one system refuses, in its own words. */
export interface Protocol<State> {
  /** The system's name as people write it. */
  readonly name: string;
  /** Bytes of a request's body. */
  readonly longestBody: number;
  keyOf(headers: Headers): string | undefined;
  /** The refusal of a key that is absent, wrong or may not make this call; undefined lets it in. */
  refuseKey(key: string | undefined, definition: CallDefinition<State>, call: Call): Answer | undefined;
  tooLarge(): Answer;
  limitOf(definition: CallDefinition<State>): Limit;
  throttled(call: Call): Answer;
  broken(status: 500 | 503): Answer;
}

export interface DoorOptions<State> {
  readonly protocol: Protocol<State>;
  readonly clock: SystemClock;
  readonly faults: { next(): Fault };
  readonly statistics: Statistics;
}

/** What each request passes through on its way to a call and back: key, size, limit, fault, log. */
export class Door<State> {
  readonly #options: DoorOptions<State>;
  readonly #state: State;
  readonly #limits = new RateLimits();
  readonly #pending = new Set<() => void>();

  constructor(options: DoorOptions<State>, state: State) {
    this.#options = options;
    this.#state = state;
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
  async receive(
    request: Request,
    definition: CallDefinition<State>,
    parameters: Record<string, string>,
  ): Promise<Response> {
    const { clock, statistics, protocol } = this.#options;
    const url = new URL(request.url);
    const headers = request.headers;
    const key = protocol.keyOf(headers);
    const takesBody = definition.method === 'POST' || definition.method === 'PUT';
    const body = takesBody ? await readBody(request, protocol.longestBody) : noBytes;
    const bytes = body ?? noBytes;
    const text = decoder.decode(bytes);
    const call: Call = { path: url.pathname, parameters, query: url.searchParams, headers, bytes, text };
    const { answer, fault } = await this.#answer(definition, call, key, body === undefined);
    statistics.request(definition.name, {
      at: clock.now(),
      method: definition.method,
      path: url.pathname,
      key: key === undefined ? '' : `…${key.slice(-4)}`,
      bytes: bytes.length,
      status: answer?.status ?? 'cut',
      fault,
    });
    if (answer === undefined) throw new ConnectionCut(protocol.name);
    return toResponse(answer);
  }

  async #answer(
    definition: CallDefinition<State>,
    call: Call,
    key: string | undefined,
    tooLarge: boolean,
  ): Promise<{ readonly answer: Answer | undefined; readonly fault: Fault['kind'] }> {
    const refusal = this.#refuse(definition, call, key, tooLarge);
    if (refusal !== undefined) return { answer: refusal, fault: 'none' };
    const fault = this.#options.faults.next();
    return { answer: await this.#applyWith(fault, definition, call), fault: fault.kind };
  }

  #refuse(
    definition: CallDefinition<State>,
    call: Call,
    key: string | undefined,
    tooLarge: boolean,
  ): Answer | undefined {
    const { protocol, clock } = this.#options;
    const refusal = protocol.refuseKey(key, definition, call);
    if (refusal !== undefined) return refusal;
    if (tooLarge) return protocol.tooLarge();
    const window = `${key} ${definition.name}`;
    return this.#limits.take(window, protocol.limitOf(definition), clock.now()) ? undefined : protocol.throttled(call);
  }

  /** Undefined when the connection is cut. */
  async #applyWith(fault: Fault, definition: CallDefinition<State>, call: Call): Promise<Answer | undefined> {
    const { statistics, protocol } = this.#options;
    const apply = (): Answer => run(definition, call, this.#state);
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
        return protocol.broken(500);
      case 'error503':
        return protocol.broken(503);
      case 'throttle':
        return protocol.throttled(call);
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

function run<State>(definition: CallDefinition<State>, call: Call, state: State): Answer {
  try {
    return definition.handle(call, state);
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}

/** Undefined when it is larger than the API takes. */
async function readBody(request: Request, longest: number): Promise<Uint8Array | undefined> {
  if (Number(request.headers.get('content-length') ?? 0) > longest) {
    await request.body?.cancel();
    return undefined;
  }
  const bytes = new Uint8Array(await request.arrayBuffer());
  return bytes.length <= longest ? bytes : undefined;
}
