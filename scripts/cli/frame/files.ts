import { readFileSync } from 'node:fs';
import { SettingsError } from '../../engine/index.ts';
import { mergeDrafts, parseConfiguration, type Draft } from '../../control/index.ts';

/** Reads configuration files as one draft. Throws `SettingsError` for a file that is not there or is not valid. */
export function readConfigurationFiles(files: readonly string[]): Draft {
  return mergeDrafts(
    files.map((file) => {
      let text: string;
      try {
        text = readFileSync(file, 'utf8');
      } catch (error) {
        const why = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
        throw new SettingsError(`${file} cannot be read (${why}).`, [
          'Name a configuration file, like config/syncs/iterable.yaml.',
        ]);
      }
      return parseConfiguration(text, file);
    }),
  );
}

/** The part of an org's draft that belongs to the connections of `files`. */
export function sameConnections(draft: Draft, files: Draft): Draft {
  const names = new Set(files.connections.map((connection) => connection.name));
  return {
    connections: draft.connections.filter((connection) => names.has(connection.name)),
    syncs: draft.syncs.filter((sync) => names.has(sync.connection)),
  };
}
