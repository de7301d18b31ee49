/** What the engine gives a wire adapter, and takes from it. */
type Emit = (value: unknown) => void;
export type Config = Readonly<Record<string, unknown>>;

interface Options {
  /** Whether the configuration is complete; until then nothing is asked, as on the platform. */
  readonly ready?: (config: Config) => boolean;
  /** What the component gets of an answer. */
  readonly shape?: (answer: unknown) => unknown;
}

export interface WireAdapterConstructor {
  new (emit: Emit): { connect(): void; disconnect(): void; update(config: Config): void };
}

interface Live {
  readonly config: Config | undefined;
  run(): Promise<void>;
}

/** Adapters of one kind that are connected, so that a change can be told to them. */
export interface Watch {
  readonly adapter: WireAdapterConstructor;
  /** Asks again for those whose configuration fits. */
  refresh(fits: (config: Config) => boolean): Promise<void>;
}

const byResult = new WeakMap<object, Live>();

function freeze(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const inner of Object.values(value)) freeze(inner);
  return Object.freeze(value);
}

export const allDefined = (config: Config): boolean => Object.values(config).every((value) => value !== undefined);

/** Makes a wire adapter that asks the org. Answers are frozen; one that was overtaken by a newer is dropped. */
export function createAdapter(request: (config: Config) => Promise<unknown>, options: Options = {}): Watch {
  const { ready = allDefined, shape = (data: unknown) => ({ data, error: undefined }) } = options;
  const connected = new Set<Live>();
  class Adapter implements Live {
    config: Config | undefined;
    readonly #emit: Emit;
    #number = 0;

    constructor(emit: Emit) {
      this.#emit = emit;
      emit({ data: undefined, error: undefined });
    }

    connect(): void {
      connected.add(this);
      if (this.config !== undefined && ready(this.config)) void this.run();
    }

    disconnect(): void {
      connected.delete(this);
    }

    update(config: Config): void {
      this.config = config;
      if (connected.has(this) && ready(config)) void this.run();
    }

    async run(): Promise<void> {
      this.#number += 1;
      const number = this.#number;
      let result: unknown;
      try {
        result = shape(freeze(await request(this.config ?? {})));
      } catch (error) {
        result = { data: undefined, error };
      }
      if (number !== this.#number || !connected.has(this)) return;
      if (typeof result === 'object' && result !== null) byResult.set(result, this);
      this.#emit(result);
    }
  }
  return {
    adapter: Adapter,
    async refresh(fits) {
      await Promise.all(
        [...connected].filter(({ config }) => config !== undefined && fits(config)).map((one) => one.run()),
      );
    },
  };
}

/** Asks again for a result that a wire has provided. Throws for anything else, as the platform does. */
export async function refreshResult(result: unknown): Promise<void> {
  const live = typeof result === 'object' && result !== null ? byResult.get(result) : undefined;
  if (!live) throw new Error('Refresh failed because resolved configuration is not available.');
  await live.run();
}
