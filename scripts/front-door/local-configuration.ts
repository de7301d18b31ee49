import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { Iterable } from './main-job.ts';

/** What differs from the default configuration. */
export interface ConfigurationOptions {
  /** Settings of the Iterable connection, over those of the default configuration. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly pollSeconds?: number;
}

/** Writes the default configuration into a folder, with the local Iterable's own page of a user; returns its file. */
export function writeConfiguration(
  folder: string,
  { controlUrl }: Iterable,
  { settings, pollSeconds }: ConfigurationOptions = {},
): string {
  const configuration = parse(readFileSync('config/syncs/iterable.yaml', 'utf8')) as {
    connections: { settings: Record<string, unknown> }[];
    syncs: { schedule: Record<string, unknown> }[];
  };
  const recordPage = `${controlUrl}/users?search={key}&limit=1`;
  for (const connection of configuration.connections) Object.assign(connection.settings, { recordPage }, settings);
  if (pollSeconds !== undefined) {
    for (const sync of configuration.syncs) sync.schedule['pollSeconds'] = pollSeconds;
  }
  const file = join(folder, 'configuration.yaml');
  writeFileSync(file, stringify(configuration));
  return file;
}
