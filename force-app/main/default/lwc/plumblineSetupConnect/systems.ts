import type { SystemOffer } from 'plumbline/answers';
import { labels } from './labels';

interface Choice {
  readonly label: string;
  readonly value: string;
}

/** A setting of a connection that is chosen once; what is not asked has the system's own default. */
export interface Setting {
  readonly name: string;
  readonly label: string;
  readonly options: readonly Choice[];
}

export interface System extends Choice {
  readonly settings: readonly Setting[];
}

/** What is asked about a system in our own words, also while no worker runs. Secrets are never asked here. */
const systems: readonly System[] = [
  {
    label: 'Iterable',
    value: 'iterable',
    settings: [
      {
        name: 'region',
        label: labels.region,
        options: [
          { label: labels.regionUs, value: 'us' },
          { label: labels.regionEu, value: 'eu' },
        ],
      },
      {
        name: 'identity',
        label: labels.identity,
        options: [
          { label: labels.identityEmail, value: 'email' },
          { label: labels.identityUserId, value: 'userId' },
          { label: labels.identityHybrid, value: 'hybrid' },
        ],
      },
    ],
  },
  {
    label: 'Pendo',
    value: 'pendo',
    settings: [
      {
        name: 'region',
        label: labels.region,
        options: [
          { label: labels.regionUs, value: 'us' },
          { label: labels.regionEu, value: 'eu' },
          { label: labels.regionUs1, value: 'us1' },
          { label: labels.regionJapan, value: 'jpn' },
          { label: labels.regionAustralia, value: 'au' },
        ],
      },
    ],
  },
];

/** The first choice of every setting. */
export function firstChoices(system: System | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries((system?.settings ?? []).map(({ name, options }) => [name, options[0]?.value ?? '']));
}

/** The systems that can be connected: those above, and what the worker offers beside them, in its own words. */
export function systemsWith(offered: readonly SystemOffer[]): readonly System[] {
  const known = new Set(systems.map(({ value }) => value));
  return [...systems, ...offered.filter(({ name }) => !known.has(name)).map(systemOf)];
}

function systemOf({ name, label, settings }: SystemOffer): System {
  return {
    label,
    value: name,
    settings: settings.map(({ name: setting, options, value }) => ({
      name: setting,
      label: setting,
      options: [value, ...options.filter((option) => option !== value)].map((each) => ({ label: each, value: each })),
    })),
  };
}
