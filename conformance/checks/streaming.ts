import { guide } from '../check.ts';
import type { Check, Trial } from '../check.ts';
import { expectEqual, expectTrue } from './expect.ts';

interface Message {
  readonly channel: string;
  readonly successful: boolean;
  readonly clientId?: string;
  readonly error?: string;
  readonly ext?: { readonly replay?: boolean };
}

async function send({ raw, session }: Trial, body: object): Promise<Message> {
  const headers = { authorization: `Bearer ${session.accessToken}` };
  const answer = await raw('POST', `/cometd/${session.apiVersion}`, { body: [body], headers });
  const [message] = answer.json<readonly Message[]>();
  if (message === undefined) throw new Error('The handshake was answered by no message.');
  return message;
}

const handshake = { channel: '/meta/handshake', version: '1.0', supportedConnectionTypes: ['long-polling'] };

/** What CometD does as far as it needs no event. */
export const streamingChecks: readonly Check[] = [
  {
    id: 'STREAM-01',
    title: 'A CometD handshake gives a client ID and offers replay; the client can disconnect',
    source: guide('streaming', 'using_streaming_api_durability'),
    async run(trial) {
      const { successful, clientId, ext } = await send(trial, handshake);
      expectTrue(successful && typeof clientId === 'string', 'a client ID');
      expectEqual(ext?.replay, true, 'ext.replay');
      expectEqual((await send(trial, { channel: '/meta/disconnect', clientId })).successful, true, 'disconnect');
    },
  },
  {
    id: 'STREAM-02',
    title: 'A channel that is not there is refused; a client that is not known is sent back to the handshake',
    source: guide('streaming', 'streaming_error_codes'),
    async run(trial) {
      const { clientId } = await send(trial, handshake);
      const subscribe = { channel: '/meta/subscribe', clientId, subscription: '/event/PlumblineNothing__e' };
      const { successful, error } = await send(trial, subscribe);
      expectTrue(!successful && (error ?? '').startsWith('4'), `a 4xx error, got ${error}`);
      await send(trial, { channel: '/meta/disconnect', clientId });
      const unknown = await send(trial, {
        channel: '/meta/connect',
        clientId: 'nobody',
        connectionType: 'long-polling',
      });
      expectTrue(/^40[23]::/.test(unknown.error ?? ''), `402 or 403, got ${unknown.error}`);
    },
  },
];
