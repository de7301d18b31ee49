import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Interfaces } from '@oclif/core';

/**
 * What oclif is told about the command line of its own: `plumbline connect`. As a plugin of sf the same commands are
 * `sf plumbline connect` and `sf sync list` (`oclif` in package.json).
 */
export function ownConfiguration(root: string): Interfaces.PJSON {
  const { name, version, description } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    description: string;
  };
  return {
    name,
    version,
    description,
    type: 'module',
    oclif: {
      bin: 'plumbline',
      dirname: 'plumbline',
      commands: { strategy: 'pattern', target: './scripts/cli/commands', globPatterns: ['**/*.ts'] },
      topicSeparator: ' ',
      topics: {
        sync: { description: 'See, plan, start, stop and explain syncs.' },
        check: { description: 'Check what the worker needs of an org.' },
        config: { description: 'Keep the configuration of an org as files.' },
        local: { description: 'A Salesforce org and an Iterable on this machine, to try things with.' },
      },
      additionalHelpFlags: ['-h'],
    },
  };
}
