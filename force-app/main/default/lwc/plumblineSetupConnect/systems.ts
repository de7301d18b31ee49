import type { SystemOffer } from 'plumbline/answers';

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
  readonly settings: readonly (Setting & { readonly value: string })[];
}

/** The systems that the worker can connect. Secrets are never asked here. */
export function systemsOf(offered: readonly SystemOffer[]): readonly System[] {
  return offered.map(({ name, label, settings }) => ({ label, value: name, settings }));
}

/** What each setting begins with. */
export function firstChoices(system: System | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries((system?.settings ?? []).map(({ name, value }) => [name, value]));
}
