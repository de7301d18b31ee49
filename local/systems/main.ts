import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { createLocalIterable, serve, type IdentityMode } from './index.ts';

const usage = `local systems: main.ts iterable [--port P] [--mode email|userID|hybrid] [--api-key KEY] [--json]`;
const modes: readonly string[] = ['email', 'userID', 'hybrid'] satisfies readonly IdentityMode[];

function readOptions(): {
  readonly port: number;
  readonly mode: IdentityMode;
  readonly apiKey: string;
  readonly json: boolean;
} {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      port: { type: 'string', default: '0' },
      mode: { type: 'string', default: 'email' },
      'api-key': { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const [system, ...rest] = positionals;
  if (system === undefined) throw new Error('name a system');
  if (system !== 'iterable' || rest.length > 0)
    throw new Error(`not yet: local system ${positionals.join(' ')}; there is "iterable"`);
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port must be 0 to 65535, not "${values.port}"`);
  if (!modes.includes(values.mode)) throw new Error(`--mode must be one of ${modes.join(', ')}, not "${values.mode}"`);
  const apiKey = values['api-key'] ?? randomBytes(16).toString('hex');
  return { port, mode: values.mode as IdentityMode, apiKey, json: values.json };
}

async function main(): Promise<void> {
  const { port, mode, apiKey, json } = readOptions();
  const iterable = createLocalIterable({ apiKeys: [apiKey], mode });
  const served = await serve(iterable.fetch, port);
  const controlUrl = `${served.url}/control`;
  if (json) console.log(JSON.stringify({ pid: process.pid, baseUrl: served.url, apiKey, controlUrl }));
  else console.log(`Local Iterable (${mode}) at ${served.url}\n  API key  ${apiKey}\n  control  ${controlUrl}`);
  const stop = (): void => {
    iterable.close();
    void served.close();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

try {
  await main();
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  process.exitCode = 2;
}
