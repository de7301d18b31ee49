import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { createLocalIterable, createLocalPendo, serve, type IdentityMode, type Region } from './index.ts';

const usage = `local systems: main.ts iterable [--port P] [--mode email|userID|hybrid] [--api-key KEY] [--json]
               main.ts pendo [--port P] [--region us|eu|us1|jpn|au] [--integration-key KEY] [--read-only]
                             [--accounts N] [--visitors N] [--seed N] [--json]`;
const modes: readonly string[] = ['email', 'userID', 'hybrid'] satisfies readonly IdentityMode[];
const regions: readonly string[] = ['us', 'eu', 'us1', 'jpn', 'au'] satisfies readonly Region[];

/** A local system as a process serves it. */
interface Running {
  readonly fetch: (request: Request) => Promise<Response>;
  close(): void;
}

function whole(name: string, text: string, most: number): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0 && number <= most) return number;
  throw new Error(`--${name} must be 0 to ${most}, not "${text}"`);
}

function oneOf(name: string, choices: readonly string[], text: string): void {
  if (!choices.includes(text)) throw new Error(`--${name} must be one of ${choices.join(', ')}, not "${text}"`);
}

async function run(
  title: string,
  running: Running,
  port: number,
  keys: Record<string, string>,
  json: boolean,
): Promise<void> {
  const served = await serve(running.fetch, port);
  const controlUrl = `${served.url}/control`;
  if (json) console.log(JSON.stringify({ pid: process.pid, baseUrl: served.url, ...keys, controlUrl }));
  else {
    const [name = '', key = ''] = Object.entries(keys)[0] ?? [];
    console.log(`${title} at ${served.url}\n  ${name}  ${key}\n  control  ${controlUrl}`);
  }
  const stop = (): void => {
    running.close();
    void served.close();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

async function runIterable(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string', default: '0' },
      mode: { type: 'string', default: 'email' },
      'api-key': { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const port = whole('port', values.port, 65_535);
  oneOf('mode', modes, values.mode);
  const apiKey = values['api-key'] ?? randomBytes(16).toString('hex');
  const iterable = createLocalIterable({ apiKeys: [apiKey], mode: values.mode as IdentityMode });
  await run(`Local Iterable (${values.mode})`, iterable, port, { apiKey }, values.json);
}

async function runPendo(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string', default: '0' },
      region: { type: 'string', default: 'us' },
      'integration-key': { type: 'string' },
      'read-only': { type: 'boolean', default: false },
      accounts: { type: 'string', default: '0' },
      visitors: { type: 'string', default: '0' },
      seed: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
    },
  });
  const port = whole('port', values.port, 65_535);
  oneOf('region', regions, values.region);
  const accounts = whole('accounts', values.accounts, 1_000_000);
  const visitors = whole('visitors', values.visitors, 2_000_000);
  const seed = whole('seed', values.seed, 4_294_967_295);
  const integrationKey = values['integration-key'] ?? randomBytes(16).toString('hex');
  const pendo = createLocalPendo({
    keys: { [integrationKey]: { write: !values['read-only'] } },
    region: values.region as Region,
  });
  pendo.control.generate({ accounts, visitors, seed });
  await run(`Local Pendo (${values.region})`, pendo, port, { integrationKey }, values.json);
}

try {
  const [system, ...args] = process.argv.slice(2);
  if (system === undefined || system.startsWith('-')) throw new Error('name a system');
  if (system === 'iterable') await runIterable(args);
  else if (system === 'pendo') await runPendo(args);
  else throw new Error(`not yet: local system ${system}; there are "iterable" and "pendo"`);
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  process.exitCode = 2;
}
