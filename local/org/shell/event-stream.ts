import type { ShellWorld } from './world.ts';
import { OrgError } from '../core/index.ts';
import type { Session } from '../core/index.ts';
import { PubSubError } from '../pubsub/index.ts';
import type { BusEvent, Reader, Replay } from '../pubsub/index.ts';

/** Events that one look takes from the bus at most. */
const BATCH = 100;

function replayOf(text: string | null): Replay {
  const replayId = Number(text ?? '-1');
  if (!Number.isInteger(replayId))
    throw new OrgError(400, 'INVALID_REPLAY_ID', `replayId must be a number, not ${text}`);
  if (replayId === -1) return { preset: 'latest' };
  return replayId === -2 ? { preset: 'earliest' } : { preset: 'custom', replayId };
}

/** A message as empApi hands it on. */
function message(channel: string, event: BusEvent): string {
  const payload = { ...(event.header ? { ChangeEventHeader: event.header } : {}), ...Object.fromEntries(event.values) };
  const data = { schema: null, payload, event: { EventUuid: event.id, replayId: event.replayId } };
  return `data: ${JSON.stringify({ channel, data })}\n\n`;
}

function open(world: ShellWorld, session: Session, channel: string, replay: Replay): Reader {
  const object = /^\/event\/(\w+)$/.exec(channel)?.[1];
  if (object !== undefined && !world.org.schemaFor(session).object(object)) {
    throw new OrgError(403, 'INSUFFICIENT_ACCESS', `You cannot subscribe to ${channel}: you cannot read ${object}`);
  }
  try {
    return world.events.open(channel, replay, (name) => world.org.accessOf(session).viewsAll(name));
  } catch (error) {
    if (!(error instanceof PubSubError)) throw error;
    throw new OrgError(404, 'NOT_FOUND', error.message);
  }
}

/** The events of a channel as server-sent events, until the page goes away; each counts as a delivery. */
export function eventStream(
  world: ShellWorld,
  session: Session,
  query: URLSearchParams,
  signal: AbortSignal,
): Response {
  const channel = query.get('channel') ?? '';
  const reader = open(world, session, channel, replayOf(query.get('replayId')));
  const ended = new AbortController();
  signal.addEventListener('abort', () => ended.abort());
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(': open\n\n')),
    async pull(controller) {
      while (!ended.signal.aborted) {
        const events = reader.read(BATCH);
        for (const event of events) controller.enqueue(encoder.encode(message(channel, event)));
        if (events.length > 0) return;
        await reader.wait(ended.signal);
      }
      controller.close();
    },
    cancel: () => ended.abort(),
  });
  return new Response(stream, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' } });
}
