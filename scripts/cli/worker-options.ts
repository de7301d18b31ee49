import { parseArgs } from 'node:util';
import { SettingsError, type ApiReserve } from '../engine/index.ts';
import type { LoginOptions } from './login.ts';
import type { PubSubPlace } from './pub-sub-place.ts';
import type { Environment } from './secrets.ts';
import { urlVariable } from './systems.ts';

export const workerUsage = `npm run worker -- --store FILE [options]

Keeps the activated syncs of one org in step until SIGTERM, and fills what was never filled.

  --store FILE              the worker's store; made when it is not there
  --apply FILE              first applies and activates this configuration; its new syncs run at once
  --target-org NAME         login of the sf CLI
  --org-id ID               login that "plumbline connect" stored
  --instance-url URL        with --access-token
  --access-token TOKEN
  --<connection>-url URL    another host for a connection, such as a local one: --iterable-url
  --<connection>-key KEY    its key: --iterable-key
  --pubsub-endpoint HOST:PORT, --pubsub-ca FILE
  --page-records N          records of a Bulk result page; 25,000 unless told
  --api-reserve N           percent of the org's API calls that are left to people and other programs; 5 unless told
  --api-reserve-bulk N      percent below which full reads wait, so that live changes go on; 20 unless told
  --json                    {"ready":true,"pid":…} when ready; the log as JSON

Secrets had better come from the environment, where other users of the machine cannot see them:
  PLUMBLINE_ACCESS_TOKEN, PLUMBLINE_INSTANCE_URL, PLUMBLINE_<CONNECTION>_API_KEY (for short _KEY), PLUMBLINE_<CONNECTION>_URL
or from the file that "plumbline connect" writes (PLUMBLINE_SECRETS names another).

Exit codes: 0 stopped, 2 wrong command line, 3 settings to mend, 4 may work later.
`;

export interface WorkerCommandLine {
  readonly login: LoginOptions;
  readonly storeFile: string;
  readonly apply?: string;
  readonly pubSub?: PubSubPlace;
  readonly pageRecords?: number;
  readonly reserve: Partial<ApiReserve>;
  readonly json: boolean;
  /** The given one, with what the command line says about connections. */
  readonly environment: Environment;
}

const known = {
  store: { type: 'string' },
  apply: { type: 'string' },
  'target-org': { type: 'string' },
  'org-id': { type: 'string' },
  'instance-url': { type: 'string' },
  'access-token': { type: 'string' },
  'pubsub-endpoint': { type: 'string' },
  'pubsub-ca': { type: 'string' },
  'page-records': { type: 'string' },
  'api-reserve': { type: 'string' },
  'api-reserve-bulk': { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** Reads the command line; undefined when help is asked for. Throws `SettingsError` for what it does not know. */
export function readWorkerOptions(words: readonly string[], environment: Environment): WorkerCommandLine | undefined {
  const { rest, overlay } = takeConnections(words);
  let values;
  try {
    ({ values } = parseArgs({ args: [...rest], options: known, strict: true }));
  } catch (error) {
    throw new SettingsError(error instanceof Error ? error.message : String(error), [
      'See the options with: npm run worker -- --help',
    ]);
  }
  if (values.help) return undefined;
  if (values.store === undefined)
    throw new SettingsError('The worker needs a store: --store FILE.', ['Name a file that stays, on a local disk.']);
  const login: LoginOptions = {
    ...(values['target-org'] === undefined ? {} : { targetOrg: values['target-org'] }),
    ...(values['org-id'] === undefined ? {} : { orgId: values['org-id'] }),
    ...(values['instance-url'] === undefined ? {} : { instanceUrl: values['instance-url'] }),
    ...(values['access-token'] === undefined ? {} : { accessToken: values['access-token'] }),
  };
  const endpoint = values['pubsub-endpoint'];
  const caFile = values['pubsub-ca'];
  return {
    login,
    storeFile: values.store,
    json: values.json,
    reserve: {
      ...(values['api-reserve'] === undefined ? {} : { livePercent: percent('--api-reserve', values['api-reserve']) }),
      ...(values['api-reserve-bulk'] === undefined
        ? {}
        : { bulkPercent: percent('--api-reserve-bulk', values['api-reserve-bulk']) }),
    },
    environment: {
      ...environment,
      ...overlay,
      ...(values['access-token'] === undefined ? {} : { PLUMBLINE_ACCESS_TOKEN: values['access-token'] }),
    },
    ...(values.apply === undefined ? {} : { apply: values.apply }),
    ...(values['page-records'] === undefined
      ? {}
      : { pageRecords: wholeNumber('--page-records', values['page-records']) }),
    ...(endpoint === undefined ? {} : { pubSub: { endpoint, ...(caFile === undefined ? {} : { caFile }) } }),
  };
}

/** Takes `--<connection>-url X` and `--<connection>-key X` out of the words, as variables of the environment. */
function takeConnections(words: readonly string[]): {
  readonly rest: readonly string[];
  readonly overlay: Record<string, string>;
} {
  const rest: string[] = [];
  const overlay: Record<string, string> = {};
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    const match = /^--([A-Za-z0-9][\w-]*)-(url|key)(?:=(.*))?$/.exec(word);
    const [, connection, what, joined] = match ?? [];
    if (connection === undefined || what === undefined || connection === 'instance') {
      rest.push(word);
      continue;
    }
    const value = joined ?? words[(index += 1)];
    if (value === undefined || value.startsWith('--'))
      throw new SettingsError(`${word} wants a value.`, [`Write: ${word} <${what}>`]);
    const variable = urlVariable(connection);
    overlay[what === 'url' ? variable : variable.replace(/_URL$/, '_KEY')] = value;
  }
  return { rest, overlay };
}

function wholeNumber(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new SettingsError(`${name} wants a whole number above 0, not "${text}".`, [
      `Leave ${name} away, or mend it.`,
    ]);
  return number;
}

function percent(name: string, text: string): number {
  if (/^\d{1,2}$/.test(text)) return Number(text);
  throw new SettingsError(`${name} wants a percentage from 0 to 99, not "${text}".`, [
    `Leave ${name} away, or mend it.`,
  ]);
}
