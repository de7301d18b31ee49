import type { SyncConfiguration } from '../configuration.ts';
import { SettingsError } from '../errors.ts';
import type { ActiveVersion, Clock, Log, Store } from '../ports/index.ts';
import type { CompiledSync } from '../run/index.ts';
import { inspectSchema, type SchemaFinding } from '../schema/index.ts';
import { workerTiming, type WorkerTiming } from './options.ts';

interface WatchPorts {
  readonly store: Pick<Store, 'cursor' | 'commit'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  readonly timing?: Partial<WorkerTiming>;
}

/** Why a sync stands still, and until when it is not looked at again. */
type Standing = readonly [error: SettingsError, until: number];

/**
 * The syncs of a version as the schemas of both sides let them run (K-39): without the mappings that a change has
 * touched, and without the syncs whose key or object it has. Looks again once a day, sooner while something is touched.
 */
export class SchemaWatch {
  /** All of them, those that stand still included. */
  readonly syncs: ReadonlyMap<string, CompiledSync>;
  readonly standing: ReadonlyMap<string, Standing>;
  /** Syncs with a mapping that runs again: what it missed is read in full. */
  readonly mended: ReadonlySet<string>;
  readonly #version: ActiveVersion;
  readonly #whole: readonly CompiledSync[];
  readonly #ports: WatchPorts;
  readonly #state: string;
  #lookAt: number;

  private constructor(
    version: ActiveVersion,
    whole: readonly CompiledSync[],
    findings: ReadonlyMap<string, SchemaFinding>,
    compile: (sync: SyncConfiguration) => CompiledSync,
    ports: WatchPorts,
  ) {
    this.#version = version;
    this.#whole = whole;
    this.#ports = ports;
    this.#state = stateOf(findings);
    const touched = [...findings.values()].some((finding) => finding.touched.length > 0);
    this.#lookAt = ports.clock.now() + this.#pause(touched);
    this.syncs = new Map(
      whole.map((sync) => {
        const { usable, touched: problems, standing } = findings.get(sync.name) as SchemaFinding;
        const part = problems.length > 0 && standing === undefined;
        return [sync.name, part ? compile({ ...sync.configuration, mappings: usable }) : sync];
      }),
    );
    this.standing = new Map(
      [...findings].flatMap(([name, { standing }]): [string, Standing][] =>
        standing === undefined ? [] : [[name, [standingError(name, standing), this.#lookAt]]],
      ),
    );
    this.mended = new Set([...findings].flatMap(([name, { mended }]) => (mended ? [name] : [])));
    for (const [name, { touched: problems }] of findings) {
      for (const problem of problems)
        ports.log({ level: 'warn', message: `The schema of ${name} has changed: ${problem}` });
    }
  }

  /** Looks at the schemas for the first time. Throws what a describe throws that is not about a field. */
  static async open(
    version: ActiveVersion,
    compile: (sync: SyncConfiguration) => CompiledSync,
    ports: WatchPorts,
  ): Promise<SchemaWatch> {
    const whole = version.configuration.syncs.map(compile);
    return new SchemaWatch(version, whole, await findingsOf(whole, version, ports, true), compile, ports);
  }

  get running(): ReadonlyMap<string, CompiledSync> {
    return new Map([...this.syncs].filter(([name]) => !this.standing.has(name)));
  }

  /** Something was refused as a setting is: looks at the next occasion. */
  hurry(): void {
    this.#lookAt = this.#ports.clock.now();
  }

  /** Looks when it is time to; true when the syncs are no longer as they may run. */
  async hasChanged(): Promise<boolean> {
    if (this.#ports.clock.now() < this.#lookAt) return false;
    for (const { source } of this.#whole) source.forgetSchema?.();
    const findings = await findingsOf(this.#whole, this.#version, this.#ports, false);
    this.#lookAt =
      this.#ports.clock.now() + this.#pause([...findings.values()].some(({ touched }) => touched.length > 0));
    return stateOf(findings) !== this.#state;
  }

  #pause(touched: boolean): number {
    const { schema, touchedSchema } = { ...workerTiming, ...this.#ports.timing };
    return touched ? touchedSchema : schema;
  }
}

async function findingsOf(
  syncs: readonly CompiledSync[],
  { hash }: ActiveVersion,
  { store, clock }: WatchPorts,
  remember: boolean,
): Promise<ReadonlyMap<string, SchemaFinding>> {
  const findings = new Map<string, SchemaFinding>();
  const refused = new Map<string, string>();
  for (const group of Map.groupBy(syncs, ({ connection }) => connection).values()) {
    const found = group[0]?.syncProblems?.(group.map(({ configuration }) => configuration));
    for (const [name, problem] of found ?? []) refused.set(name, problem);
  }
  for (const sync of syncs) {
    const ports = { store, now: clock.now(), remember, refused: refused.get(sync.name) };
    findings.set(sync.name, await inspectSchema(sync, hash, ports));
  }
  return findings;
}

function stateOf(findings: ReadonlyMap<string, SchemaFinding>): string {
  return JSON.stringify([...findings].map(([name, { usable, standing }]) => [name, usable, standing]));
}

function standingError(name: string, why: string): SettingsError {
  return new SettingsError(`The sync ${name} stands still: ${why}.`, [
    'Undo the change, or adapt the sync and activate it again; it goes on by itself.',
  ]);
}
