import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { LeaseLostError } from '../engine/index.ts';
import { createTransport, NotSentError, UnansweredError, type TransportOptions } from './index.ts';

async function serve(context: TestContext, listener: RequestListener, options?: Partial<TransportOptions>) {
  const server = createServer(listener);
  let connections = 0;
  server.on('connection', () => connections++);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const http = createTransport({ maxConnections: 2, ...options });
  context.after(async () => {
    server.closeAllConnections();
    server.close();
    await http.close();
  });
  const { port } = server.address() as AddressInfo;
  return { ...http, url: `http://127.0.0.1:${port}`, connections: () => connections };
}

test('method, path, headers and body arrive; status, headers and body come back', async (context) => {
  const { transport, url } = await serve(context, (request, response) => {
    response.writeHead(207, { 'set-cookie': ['a=1', 'b=2'], 'x-seen': `${request.method} ${request.url}` });
    response.write(`${String(request.headers['x-own'])}: `);
    request.pipe(response);
  });
  const headers = { 'x-own': 'mine' };
  const answer = await transport(new Request(`${url}/a%20b?c=d`, { method: 'POST', headers, body: 'žluť 🐴' }));
  assert.equal(answer.status, 207);
  assert.equal(answer.headers.get('x-seen'), 'POST /a%20b?c=d');
  assert.deepEqual(answer.headers.getSetCookie(), ['a=1', 'b=2']);
  assert.equal(await answer.text(), 'mine: žluť 🐴');
});

test('an answer without a body, a redirect and an error status are answers', async (context) => {
  const { transport, url } = await serve(context, (request, response) => {
    const status = Number(request.url?.slice(1));
    response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end();
  });
  for (const status of [204, 302, 304, 404, 500]) {
    const answer = await transport(new Request(`${url}/${status}`));
    assert.equal(answer.status, status);
    assert.equal(await answer.text(), '');
  }
});

test('connections are kept, and no more are opened than may be', async (context) => {
  const { transport, url, connections } = await serve(context, (_, response) => response.end('ok'));
  const ask = async (): Promise<string> => (await transport(new Request(url))).text();
  for (let turn = 0; turn < 3; turn++) await Promise.all([ask(), ask(), ask(), ask()]);
  assert.ok(connections() <= 2, `${connections()} connections`);
});

test('a request for which there is no connection was not sent', async () => {
  const { transport, close } = createTransport({ maxConnections: 1 });
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await assert.rejects(transport(new Request(`http://127.0.0.1:${port}/?api_key=abc`)), (error) => {
    assert.ok(error instanceof NotSentError);
    assert.equal(error.message, `127.0.0.1:${port} could not be reached (ECONNREFUSED).`);
    return true;
  });
  await assert.rejects(transport(new Request('http://name.invalid/')), NotSentError);
  await close();
});

test('a request whose connection is cut before the answer was sent and is unanswered', async (context) => {
  const { transport, url } = await serve(context, (request) => request.socket.destroy());
  await assert.rejects(transport(new Request(url, { method: 'POST', body: 'x' })), UnansweredError);
});

test('a request that is not answered in time is unanswered; one that waited behind it was not sent', async (context) => {
  const options = { maxConnections: 1, headersMilliseconds: 1_000 };
  const { transport, url } = await serve(context, () => undefined, options);
  const abort = new AbortController();
  const first = transport(new Request(url));
  const behind = transport(new Request(url, { signal: abort.signal }));
  setImmediate(() => abort.abort());
  await assert.rejects(behind, NotSentError);
  await assert.rejects(first, UnansweredError);
});

test('a request aborted while the other side works on it is unanswered', async (context) => {
  const abort = new AbortController();
  const { transport, url } = await serve(context, () => abort.abort());
  await assert.rejects(transport(new Request(url, { signal: abort.signal })), UnansweredError);
});

test('N-06: what is thrown as a request is about to leave keeps it back, and the next one leaves', async (context) => {
  let arrived = 0;
  let allowed = false;
  const leaving = (): void => {
    if (!allowed) throw new LeaseLostError('The lease is over.', []);
  };
  const options = { maxConnections: 1, leaving };
  const { transport, url } = await serve(
    context,
    (_, response) => {
      arrived += 1;
      response.end('ok');
    },
    options,
  );
  const send = (): Promise<Response> => transport(new Request(url, { method: 'POST', body: 'x' }));
  await assert.rejects(send(), LeaseLostError);
  allowed = true;
  assert.equal(await (await send()).text(), 'ok');
  allowed = false;
  await assert.rejects(send(), LeaseLostError);
  assert.equal(arrived, 1);
});
