import type { Org, Session } from '../core/index.ts';
import type { EventBus } from './bus.ts';
import type { Codecs } from './codec.ts';
import { PubSubError, topicNotFound } from './errors.ts';
import { eventTopic, platformEventOf } from './topics.ts';
import { replayIdToBytes, type PublishRequest, type PublishResponse, type PublishResult } from './wire.ts';

/** Source: Pub/Sub API guide, publish limits. */
const largestEvent = 1_048_576;

export interface PublishingParts {
  readonly org: Org;
  readonly bus: EventBus;
  readonly codecs: Codecs;
  readonly session: Session;
  readonly rpcId: string;
}

/**
 * Publishes the events of a request through the org's own door for records, so that its rules and triggers hold; each
 * has a result of its own. Throws `PubSubError` when the topic is no platform event.
 */
export function publish(request: PublishRequest, parts: PublishingParts): PublishResponse {
  const { org, codecs, rpcId } = parts;
  const definition = platformEventOf(org.schema, request.topicName);
  if (definition === undefined) throw topicNotFound(org.id, request.topicName);
  const results = request.events.map((event) => publishOne(event, definition.name, parts));
  return { results, schemaId: codecs.schemaId(definition.name), rpcId };
}

function publishOne(
  { id, schemaId, payload }: PublishRequest['events'][number],
  object: string,
  { org, bus, codecs, session }: PublishingParts,
): PublishResult {
  const refuse = (msg: string): PublishResult => ({
    replayId: Buffer.alloc(8),
    correlationKey: id,
    error: { code: 'PUBLISH', msg },
  });
  if (payload.length > largestEvent) return refuse(`The event has ${payload.length} bytes, more than ${largestEvent}`);
  try {
    const decoded = codecs.decode(schemaId, payload);
    if (decoded.object !== object) return refuse(`Schema ${schemaId} is not of ${object}`);
    const before = bus.latest;
    const [result] = org.dml({ operation: 'insert', object, records: [decoded.values], allOrNone: false, session });
    if (result?.success !== true) return refuse(result?.errors.map(({ message }) => message).join('; ') ?? 'no result');
    // A transaction that commits late has no replay ID yet.
    const event = bus.firstAfter(eventTopic(object), before);
    return { replayId: replayIdToBytes(event?.replayId ?? 0), correlationKey: id };
  } catch (error) {
    if (error instanceof PubSubError) return refuse(error.message);
    throw error;
  }
}
