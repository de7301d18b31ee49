import type { ChangeStream, CommandKind } from '../../ports/index.ts';
import { countingIds, FakeControl, fakeSetup, MemoryStore, seededRandom, type World } from '../../testing/index.ts';
import type { Ends } from '../../run/index.ts';
import type { WorkerTiming } from '../options.ts';
import { runWorker } from '../worker.ts';

/**
 * A worker in a world, and its org. `inward`: the world's source is the system's, and its target the org. `ends` take
 * the place of either.
 */
export function work(
  world: World,
  control = new FakeControl(),
  stream?: ChangeStream,
  timing?: Partial<WorkerTiming>,
  inward = false,
  ends: { readonly salesforce?: Ends; readonly system?: Ends } = {},
) {
  const stop = new AbortController();
  const store = new MemoryStore(world.clock, world.disk);
  const logged: string[] = [];
  /** Connections that were opened. */
  const connected: string[] = [];
  control.version ??= {
    id: 'v1',
    hash: 'h1',
    configuration: {
      orgId: 'org',
      connections: [{ name: 'mail', system: 'fake', settings: {} }],
      syncs: world.configurations,
    },
  };
  const done = runWorker({
    owner: 'test',
    store,
    control,
    clock: world.clock,
    random: seededRandom(1),
    makeId: countingIds('id-'),
    salesforce: ends.salesforce ?? (inward ? { target: world.target } : { source: world.source }),
    ...(stream && { stream }),
    ...(timing && { timing }),
    connect: async ({ name }) => {
      connected.push(name);
      return ends.system ?? (inward ? { source: world.source } : { target: world.target });
    },
    setup: fakeSetup(),
    log: ({ level, message }) => logged.push(`${level}: ${message}`),
    stop: stop.signal,
  });
  done.catch((error: unknown) => world.died.push(error));
  let asked = 0;
  const ask = async (
    kind: CommandKind,
    target = '*',
    args: Record<string, unknown> = {},
  ): Promise<Record<string, never>> => {
    const id = `c${++asked}`;
    control.commands.push({ id, kind, target, arguments: args });
    await world.clock.pass(16_000);
    const answer = control.answers.get(id);
    if (!answer?.ok) throw new Error(`The command ${kind} was answered: ${JSON.stringify(answer)}`);
    return answer.body as Record<string, never>;
  };
  const end = async (): Promise<void> => {
    stop.abort();
    await world.run(done);
  };
  return { control, done, end, ask, logged, connected };
}
