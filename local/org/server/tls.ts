import type { RequestListener, Server } from 'node:http';
import { createServer } from 'node:https';
import type { Socket } from 'node:net';

/** A certificate for 127.0.0.1 with its private key, in PEM. */
export interface TlsCertificate {
  readonly key: Buffer;
  readonly certificate: Buffer;
}

/** The first byte of a TLS connection: a handshake record (RFC 8446, 5.1). */
const HANDSHAKE = 0x16;

/**
 * Lets a server that speaks HTTP answer TLS on the same port, told by a connection's first byte. Returns what ends the
 * connections that are secured.
 */
export function alsoOverTls(server: Server, { key, certificate }: TlsCertificate): () => void {
  const { keepAliveTimeout } = server;
  const [answer] = server.listeners('request') as RequestListener[];
  const [plain] = server.listeners('connection') as ((this: Server, socket: Socket) => void)[];
  if (answer === undefined || plain === undefined) throw new Error('only a server that answers can be secured');
  const secured = createServer({ key, cert: certificate, keepAliveTimeout }, answer);
  const open = new Set<Socket>();
  server.removeListener('connection', plain);
  server.on('connection', (socket: Socket) => {
    socket.once('error', () => socket.destroy());
    socket.once('readable', () => {
      const first = socket.read(1) as Buffer | null;
      if (first === null) return;
      socket.unshift(first);
      if (first[0] !== HANDSHAKE) {
        plain.call(server, socket);
        return;
      }
      open.add(socket);
      socket.once('close', () => open.delete(socket));
      secured.emit('connection', socket);
    });
  });
  return () => {
    for (const socket of open) socket.destroy();
  };
}
