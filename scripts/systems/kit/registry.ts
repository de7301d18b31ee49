import { z } from 'zod';
import {
  CredentialsError,
  SettingsError,
  type Clock,
  type ConnectionConfiguration,
  type Ends,
  type Random,
  type SyncConfiguration,
  type Transport,
} from '../../engine/index.ts';
import { choicesOf, type SettingChoice } from './choice.ts';
import type { OrgFields } from './field-proposals.ts';
import type { SecretDefinition, SystemDefinition } from './definition.ts';

/** What the worker has for any connection. */
export interface World {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: Random;
  /** A connection's secret, from the environment or the secrets file; absent when there is none. */
  secret(connection: string, name: string): string | undefined;
  /** Another host than the system's own, from the environment or the command line; never from a configuration. */
  baseUrl(connection: string): string | undefined;
}

/** A system with its settings' type put away, so that all systems are alike. */
export interface System {
  readonly slug: string;
  readonly label: string;
  readonly secrets: readonly SecretDefinition[];
  readonly orgFields: OrgFields | undefined;
  /** Settings that have a few values to choose from. */
  readonly choices: readonly SettingChoice[];
  readonly beforehand: readonly string[];
  readonly freshness: string | undefined;
  defaultSyncs(connection: string): readonly SyncConfiguration[];
  /** Throws `SettingsError` naming the setting that is wrong. */
  checkSettings(configuration: ConnectionConfiguration): void;
  /** What is wrong with each sync of one connection, by name, given all of them. */
  syncProblems(syncs: readonly SyncConfiguration[]): ReadonlyMap<string, string>;
  /** Checks settings, host and secrets, and connects, once for a connection; asks nothing of the vendor. */
  connect(configuration: ConnectionConfiguration, world: World): Ends;
}

export function defineSystem<Settings>(definition: SystemDefinition<Settings>): System {
  const { slug, label, secrets, syncProblems = () => new Map() } = definition;
  const settingsOf = (configuration: ConnectionConfiguration): Settings => {
    const parsed = definition.settings.safeParse(configuration.settings);
    if (parsed.success) return parsed.data;
    const place = `connection "${configuration.name}"`;
    throw new SettingsError(`The settings of ${place} (${label}) are wrong: ${z.prettifyError(parsed.error)}`, [
      `Correct them in the configuration of ${place} and activate it again.`,
    ]);
  };
  return {
    slug,
    label,
    secrets,
    orgFields: definition.orgFields,
    get choices() {
      return choicesOf(definition.settings);
    },
    beforehand: definition.beforehand ?? [],
    freshness: definition.freshness,
    defaultSyncs: (connection) => definition.defaultSyncs(connection),
    checkSettings: (configuration) => void settingsOf(configuration),
    syncProblems,
    connect(configuration, world) {
      const { name } = configuration;
      const settings = settingsOf(configuration);
      const other = world.baseUrl(name);
      const connected = definition.connect({
        connection: name,
        settings,
        baseUrl: other === undefined ? definition.baseUrl(settings) : checkHost(name, other),
        secret: (secret) => world.secret(name, secret) ?? missing(label, name, secret, secrets),
        transport: world.transport,
        clock: world.clock,
        random: world.random,
      });
      return { ...connected, syncProblems };
    },
  };
}

/** The systems that there are, by slug. Adding one is one line where this is called. */
export interface Registry {
  readonly systems: readonly System[];
  /** Throws `SettingsError` naming the systems there are. */
  system(slug: string): System;
}

export function createRegistry(systems: readonly System[]): Registry {
  const bySlug = new Map(systems.map((system) => [system.slug, system]));
  return {
    systems,
    system(slug) {
      const found = bySlug.get(slug);
      if (found) return found;
      throw new SettingsError(`There is no system "${slug}".`, [`Use one of: ${[...bySlug.keys()].join(', ')}.`]);
    },
  };
}

/** The environment variable of a connection's secret: `main`, `apiKey` → `PLUMBLINE_MAIN_API_KEY`. */
export function secretVariable(connection: string, name: string): string {
  const words = `${connection}_${name.replace(/([a-z0-9])([A-Z])/g, '$1_$2')}`;
  return `PLUMBLINE_${words.replaceAll('-', '_').toUpperCase()}`;
}

function missing(label: string, connection: string, name: string, secrets: readonly SecretDefinition[]): never {
  const definition = secrets.find((secret) => secret.name === name);
  throw new CredentialsError(`The connection "${connection}" (${label}) has no ${definition?.label ?? name}.`, [
    ...(definition ? [definition.whereFrom] : []),
    `Set ${secretVariable(connection, name)}, or put it into the secrets file with \`plumbline connect\`.`,
  ]);
}

/** Secrets travel to this host, so it is https, or this very machine. */
function checkHost(connection: string, text: string): string {
  const url = URL.parse(text);
  const local = url?.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (url && (url.protocol === 'https:' || local) && url.username === '') return text.replace(/\/+$/, '');
  throw new SettingsError(`"${text}" cannot be the address of the connection "${connection}".`, [
    'Give an https address, or http on 127.0.0.1.',
  ]);
}
