import { randomBytes } from 'node:crypto';
import { CometdClient } from './client.ts';
import { readMessages, refusal, reply, type ClientMessage, type ServerMessage } from './message.ts';
import type { Org, Session } from '../core/index.ts';
import { Codecs, openTopic, PubSubError } from '../pubsub/index.ts';
import type { BusEvent, EventBus, Replay } from '../pubsub/index.ts';

/** What the door needs of its org. */
export interface CometdWorld {
  readonly org: Org;
  readonly events: EventBus;
  /** Clients that may be connected at once. */
  readonly mostClients: number;
  /** The caller behind a request; undefined when its token is not good. */
  authenticate(headers: Headers): Session | undefined;
}

/** Answers `POST /cometd/NN.N`. */
export type Cometd = (request: Request) => Promise<Response>;

/** Source: Streaming API Developer Guide: a connect is held for 110 seconds, and a client forgotten 40 seconds later. */
const CONNECT_MILLISECONDS = 110_000;
const FORGOTTEN_MILLISECONDS = 150_000;
const RETRY = { reconnect: 'retry', interval: 0, timeout: CONNECT_MILLISECONDS };

/** The streaming door of an org: handshake, long polling, subscriptions with replay to `/event/…` and `/data/…`. */
export function createCometd(world: CometdWorld): Cometd {
  const door = new CometdDoor(world);
  return async (request) => {
    const messages = readMessages(await request.text());
    if (messages === undefined)
      return Response.json([{ successful: false, error: '400::Bad request' }], { status: 400 });
    const session = world.authenticate(request.headers);
    const answers: ServerMessage[] = [];
    // A connect that is held must not hold what came with it.
    const isConnect = ({ channel }: ClientMessage): boolean => channel === '/meta/connect';
    const inOrder = [...messages.filter((message) => !isConnect(message)), ...messages.filter(isConnect)];
    for (const message of inOrder) answers.push(...(await door.answer(message, session, request.signal)));
    return Response.json(answers);
  };
}

class CometdDoor {
  readonly #world: CometdWorld;
  readonly #codecs: Codecs;
  readonly #clients = new Map<string, CometdClient>();

  constructor(world: CometdWorld) {
    this.#world = world;
    this.#codecs = new Codecs(world.org.schema);
  }

  async answer(
    message: ClientMessage,
    session: Session | undefined,
    signal: AbortSignal,
  ): Promise<readonly ServerMessage[]> {
    if (session === undefined) {
      const ext = { sfdc: { failureReason: '401::Authentication invalid' }, replay: true };
      const error = message.channel === '/meta/handshake' ? '403::Handshake denied' : '401::Authentication invalid';
      return [refusal(message, error, { ext, advice: { reconnect: 'none' } })];
    }
    if (message.channel === '/meta/handshake') return [this.#handshake(message, session)];
    const client = this.#clients.get(message.clientId ?? '');
    if (client === undefined || client.userId !== session.userId) {
      return [refusal(message, '403::Unknown client', { advice: { reconnect: 'handshake', interval: 0 } })];
    }
    client.seenAt = this.#world.org.clock.now();
    switch (message.channel) {
      case '/meta/connect':
        return this.#connect(message, client, signal);
      case '/meta/subscribe':
        return channelsOf(message).map((channel) => this.#subscribe(message, client, session, channel));
      case '/meta/unsubscribe':
        return channelsOf(message).map((subscription) => {
          client.unsubscribe(subscription);
          return reply(message, { clientId: client.id, subscription });
        });
      case '/meta/disconnect':
        this.#clients.delete(client.id);
        client.close();
        return [reply(message, { clientId: client.id })];
      default:
        return [refusal(message, '403::Publishing over CometD is not supported', { clientId: client.id })];
    }
  }

  #handshake(message: ClientMessage, { userId }: Session): ServerMessage {
    const now = this.#world.org.clock.now();
    for (const [id, { seenAt }] of this.#clients) if (now - seenAt > FORGOTTEN_MILLISECONDS) this.#clients.delete(id);
    if (this.#clients.size >= this.#world.mostClients) {
      const error = '403::Organization concurrent user limit exceeded';
      return refusal(message, error, { advice: { reconnect: 'none' } });
    }
    const clientId = randomBytes(14).toString('hex');
    this.#clients.set(clientId, new CometdClient(clientId, userId, now));
    return reply(message, {
      version: '1.0',
      minimumVersion: '1.0',
      supportedConnectionTypes: ['long-polling'],
      clientId,
      ext: { replay: true, 'payload.format': true },
      advice: RETRY,
    });
  }

  async #connect(message: ClientMessage, client: CometdClient, signal: AbortSignal): Promise<readonly ServerMessage[]> {
    const { clock } = this.#world.org;
    const milliseconds = Math.min(CONNECT_MILLISECONDS, message.advice?.timeout ?? CONNECT_MILLISECONDS);
    const toMessage = (channel: string, event: BusEvent): ServerMessage => this.#data(channel, event);
    try {
      const events = await client.events(toMessage, { clock, milliseconds, signal });
      client.seenAt = clock.now();
      return [...events, reply(message, { clientId: client.id, advice: RETRY })];
    } catch (error) {
      if (!(error instanceof PubSubError)) throw error;
      const exhausted = error.status === 'RESOURCE_EXHAUSTED';
      const why = exhausted ? '403::Organization total events daily limit exceeded' : `400::${error.message}`;
      return [refusal(message, why, { clientId: client.id, advice: { reconnect: 'none' } })];
    }
  }

  #subscribe(message: ClientMessage, client: CometdClient, session: Session, channel: string): ServerMessage {
    const own = { clientId: client.id, subscription: channel };
    if (!channel.startsWith('/event/') && !channel.startsWith('/data/')) {
      return refusal(message, `403::not yet: channels like ${channel} are not known to the local org`, own);
    }
    const asked = typeof message.ext?.replay === 'object' ? message.ext.replay[channel] : undefined;
    try {
      client.subscribe(channel, openTopic(this.#world.org, this.#world.events, session, channel, replayOf(asked)));
      return reply(message, own);
    } catch (error) {
      if (!(error instanceof PubSubError)) throw error;
      return refusal(message, refusalText(error, channel, asked), own);
    }
  }

  #data(channel: string, event: BusEvent): ServerMessage {
    const payload = this.#codecs.payload(event);
    const schema = this.#codecs.schemaId(event.object);
    return { channel, data: { schema, payload, event: { EventUuid: event.id, replayId: event.replayId } } };
  }
}

function channelsOf({ subscription = [] }: ClientMessage): readonly string[] {
  return typeof subscription === 'string' ? [subscription] : subscription;
}

/** -1: what comes from now on; -2: everything that is kept. */
function replayOf(asked = -1): Replay {
  if (asked === -1) return { preset: 'latest' };
  return asked === -2 ? { preset: 'earliest' } : { preset: 'custom', replayId: asked };
}

/** Source: Streaming API Developer Guide, "Streaming API Error Codes". */
function refusalText(error: PubSubError, channel: string, asked: number | undefined): string {
  if (error.status === 'NOT_FOUND') {
    return `404::The channel you requested to subscribe to does not exist {${channel}}`;
  }
  return `400::The replayId {${asked}} you provided was invalid.  Please provide a valid ID, -2 to replay all events, or -1 to replay only new events.`;
}
