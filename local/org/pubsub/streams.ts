import type { Org, Session } from '../core/index.ts';
import type { EventBus, Reader, Replay } from './bus.ts';
import { PubSubError, replayIdCorrupted, topicNotFound } from './errors.ts';
import type { ManagedSubscription } from './managed.ts';
import type { StreamKind } from './subscription.ts';
import { platformEventOf } from './topics.ts';
import { replayIdFromBytes, type CommitReplayResponse, type FetchRequest, type ManagedFetchRequest } from './wire.ts';

/** A topic for its caller: platform events need read permission; changes are withheld from who does not see all of an object's records. */
export function openTopic(org: Org, bus: EventBus, session: Session, topic: string, replay: Replay): Reader {
  const isEvent = platformEventOf(org.schema, topic) !== undefined;
  if (isEvent && platformEventOf(org.schemaFor(session), topic) === undefined) throw topicNotFound(org.id, topic);
  return bus.open(topic, replay, (object) => org.accessOf(session).viewsAll(object));
}

/** `Subscribe`: topic and place are those of the first request. */
export function plainStream(org: Org, bus: EventBus): StreamKind<FetchRequest> {
  let topic = '';
  return {
    open(session, request) {
      topic = request.topicName;
      return openTopic(org, bus, session, topic, replayOf(request));
    },
    check: (request) => checkSame(request.topicName, topic),
    commit: () => undefined,
  };
}

/** `ManagedSubscribe`: the org keeps the place, which is what was committed last. */
export function managedStream(org: Org, bus: EventBus): StreamKind<ManagedFetchRequest> {
  let subscription: ManagedSubscription | undefined;
  const { managed } = bus;
  return {
    open(session, { subscriptionId, developerName }) {
      const found = managed.find({ id: subscriptionId, developerName });
      subscription = found;
      return openManaged(found, managed.committed(found), (replay) =>
        openTopic(org, bus, session, found.topicName, replay),
      );
    },
    check: ({ developerName }) => checkSame(developerName, subscription?.developerName ?? ''),
    commit({ commitReplayIdRequest: asked }) {
      if (asked === null || subscription === undefined) return undefined;
      const replayId = replayIdFromBytes(asked.replayId);
      const answer: CommitReplayResponse = { ...asked, processTime: org.clock.now() };
      if (replayId === undefined || replayId > bus.latest) {
        const { message } = replayIdCorrupted(subscription.topicName);
        return { ...answer, error: { code: 'COMMIT', msg: message } };
      }
      managed.commit(subscription, replayId);
      return answer;
    },
  };
}

function openManaged(
  { defaultReplay, errorRecoveryReplay }: ManagedSubscription,
  committed: number | undefined,
  open: (replay: Replay) => Reader,
): Reader {
  if (committed === undefined) return open(presets[defaultReplay]);
  try {
    return open({ preset: 'custom', replayId: committed });
  } catch (error) {
    if (!(error instanceof PubSubError) || error.status !== 'INVALID_ARGUMENT') throw error;
    return open(presets[errorRecoveryReplay]);
  }
}

const presets = { LATEST: { preset: 'latest' }, EARLIEST: { preset: 'earliest' } } as const;

function checkSame(asked: string, own: string): void {
  if (asked === '' || asked === own) return;
  const message = 'The topic of a stream cannot change';
  throw new PubSubError('INVALID_ARGUMENT', 'subscription.fetch.topic.invalid', message);
}

function replayOf(request: FetchRequest): Replay {
  if (request.replayPreset === 'LATEST') return { preset: 'latest' };
  if (request.replayPreset === 'EARLIEST') return { preset: 'earliest' };
  const replayId = replayIdFromBytes(request.replayId);
  if (replayId === undefined) throw replayIdCorrupted(request.topicName);
  return { preset: 'custom', replayId };
}
