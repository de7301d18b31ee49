import { Worker } from 'node:worker_threads';
import type { CompiledComponents } from './build.ts';
import { keep, keyOf, readKept } from './kept.ts';
import { componentSources } from './sources.ts';
import type { ComponentSources } from './sources.ts';
import type { Org } from '../../core/index.ts';
import type { ComponentStore } from '../../metadata/index.ts';

/** Compiles what is deployed, once for each state of it. */
export interface Compiler {
  /** Rejects with a message for the developer when the components do not compile. */
  compiled(sandboxed: boolean): Promise<CompiledComponents & { readonly key: string }>;
  /** Differs as soon as what is deployed does. */
  key(sandboxed: boolean): string;
  /** Modules that the components of this state import by name; empty while they have not been compiled yet. */
  imports(sandboxed: boolean): readonly string[];
}

/** The objects and fields that components name must be there. */
function checkSchema(org: Org, names: readonly string[]): void {
  for (const name of names) {
    const [objectName = '', fieldName, ...beyond] = name.split('.');
    const object = org.schema.object(objectName);
    if (!object) throw new Error(`A component imports @salesforce/schema/${name}: the org has no object ${objectName}`);
    // A path over a parent begins with the name of the relationship: `Owner.Name`.
    const fields = [...object.fields.values()];
    const there = fields.some((field) => (beyond.length > 0 ? field.relationshipName : field.name) === fieldName);
    if (fieldName !== undefined && !there) {
      throw new Error(`A component imports @salesforce/schema/${name}: ${objectName} has no field ${fieldName}`);
    }
  }
}

function buildInWorker(sources: ComponentSources, sandboxed: boolean): Promise<CompiledComponents> {
  const workerData = { sources, sandboxed };
  const worker = new Worker(new URL('build-worker.ts', import.meta.url), { workerData });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the compiler of the components ended with ${code}`)));
  });
}

async function build(key: string, sources: ComponentSources, sandboxed: boolean): Promise<CompiledComponents> {
  const kept = readKept(key);
  if (kept) return kept;
  const built = await buildInWorker(sources, sandboxed);
  keep(key, built);
  return built;
}

/** A compiler of an org's deployed components. It works in a thread of its own, so that the org answers meanwhile. */
export function createCompiler(org: Org, components: Pick<ComponentStore, 'list'>): Compiler {
  const kept = new Map<boolean, { readonly key: string; readonly building: Promise<CompiledComponents> }>();
  const built = new Map<string, CompiledComponents>();
  const keyNow = (sandboxed: boolean): string => keyOf(componentSources(components), sandboxed);
  return {
    async compiled(sandboxed) {
      const sources = componentSources(components);
      const key = keyOf(sources, sandboxed);
      let latest = kept.get(sandboxed);
      if (latest?.key !== key) {
        latest = { key, building: build(key, sources, sandboxed) };
        kept.set(sandboxed, latest);
      }
      const compiled = await latest.building;
      checkSchema(org, compiled.schema);
      built.set(key, compiled);
      return { ...compiled, key };
    },
    key: keyNow,
    imports: (sandboxed) => built.get(keyNow(sandboxed))?.imports ?? [],
  };
}
