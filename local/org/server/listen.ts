import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { ConnectionCut } from './faults.ts';
import type { LocalOrg } from './local-org.ts';
import { alsoOverTls } from './tls.ts';
import type { TlsCertificate } from './tls.ts';

/** A local org that listens on a loopback port. */
export interface ListeningOrg {
  /** `http://127.0.0.1:PORT`. */
  readonly instanceUrl: string;
  /** Answers over TLS from now on, too, on the same port: an org's identity URLs are https. */
  secure(certificate: TlsCertificate): void;
  /** Ends every connection and stops listening. */
  close(): Promise<void>;
}

/** Clients keep idle connections for a while; closing them sooner than they do loses requests. */
const KEEP_ALIVE_MILLISECONDS = 75_000;
/** Headers that node reads at most; longer ones than an org takes must reach the door that answers 414. */
const HEADER_BYTES = 256 * 1024;

/** Serves an org over HTTP on 127.0.0.1. Port 0 takes any free one. Rejects when the port is taken. */
export function listen(org: LocalOrg, port: number): Promise<ListeningOrg> {
  const listener = getRequestListener(
    async (request, env) => {
      try {
        return await org.fetch(request);
      } catch (error) {
        if (!(error instanceof ConnectionCut)) throw error;
        env.incoming.socket?.destroy();
        return RESPONSE_ALREADY_SENT;
      }
    },
    {
      overrideGlobalObjects: false,
      errorHandler(error) {
        process.stderr.write(`local org: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
        const body = [{ errorCode: 'UNKNOWN_EXCEPTION', message: 'An unexpected error occurred in the local org' }];
        return Response.json(body, { status: 500 });
      },
    },
  );
  const server: Server = createServer(
    { maxHeaderSize: HEADER_BYTES, keepAliveTimeout: KEEP_ALIVE_MILLISECONDS },
    (incoming, outgoing) => {
      void listener(incoming, outgoing);
    },
  );
  let endSecure = (): void => undefined;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address() as AddressInfo;
      resolve({
        instanceUrl: `http://127.0.0.1:${address.port}`,
        secure: (certificate) => {
          endSecure = alsoOverTls(server, certificate);
        },
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
            endSecure();
          }),
      });
    });
  });
}
