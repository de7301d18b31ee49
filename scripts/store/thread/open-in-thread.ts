import { once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { Clock, Store } from '../../engine/index.ts';
import { FillView, newSharedFill } from '../shared-fill.ts';
import { unpackError } from './errors.ts';
import type { Reply, ThreadData } from './messages.ts';
import { ThreadStore } from './thread-store.ts';

/** Hardly anything outlives a commit there: more room for what is new would only be memory. */
const maxYoungGenerationSizeMb = 12;

/**
 * As `openStore`, on a thread of its own: writing costs as much as planning and sending, and goes on beside them. What
 * must happen in one order (a seeded schedule) opens the store in its own thread instead.
 */
export async function openStoreInThread(options: {
  readonly file: string;
  readonly clock?: Pick<Clock, 'now'>;
  readonly lives?: (owner: string) => boolean;
}): Promise<Store> {
  const { file, clock = Date, lives = () => true } = options;
  const sharedFill = newSharedFill();
  const workerData: ThreadData = { file, openedAt: clock.now(), sharedFill };
  const resourceLimits = { maxYoungGenerationSizeMb };
  // A young generation that the process was given at its start would go before that of the thread.
  setFlagsFromString('--max-semi-space-size=0');
  const thread = new Worker(new URL('thread.ts', import.meta.url), { workerData, resourceLimits });
  const [reply] = (await once(thread, 'message')) as [Reply];
  const fill = new FillView(sharedFill);
  if ('opened' in reply) return new ThreadStore(thread, reply.opened, { clock, lives, fill });
  await thread.terminate();
  if ('failed' in reply) throw unpackError(reply.failed);
  throw new Error('The thread of the store answered before it was asked.');
}
