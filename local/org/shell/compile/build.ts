import { rollup } from 'rollup';
import type { OutputChunk, Plugin } from 'rollup';
import { componentModules } from './component-modules.ts';
import { salesforceModules } from './salesforce-modules.ts';
import type { UsedModules } from './salesforce-modules.ts';
import type { ComponentSources } from './sources.ts';
import { baseModules, OWN_MODULES } from '../vendor/index.ts';

/** The compiled components of an org, as one script. */
export interface CompiledComponents {
  /** An ES module; with the sandbox an AMD module, since the sandbox evaluates functions. */
  readonly code: string;
  /** Names of the components that pages may place; the script exports each. */
  readonly exposed: readonly string[];
  /** Modules of the page that the script imports by name. */
  readonly imports: readonly string[];
  /** `Class.method`. */
  readonly apex: readonly string[];
  /** `Lead` and `Lead.Email`. */
  readonly schema: readonly string[];
  readonly warnings: readonly string[];
}

const ENTRY = '\0components';

function entry(exposed: readonly string[]): Plugin {
  return {
    name: 'entry',
    resolveId: (id) => (id === ENTRY ? ENTRY : null),
    load(id) {
      if (id !== ENTRY) return null;
      return exposed.map((name) => `export { default as ${name} } from 'c/${name}';`).join('\n') || 'export {};';
    },
  };
}

/** Leaves the platform's modules to the page; refuses those that it does not have. */
function platform(): Plugin {
  const there = new Set(['lwc', ...baseModules(), ...OWN_MODULES.map((name) => `lightning/${name}`)]);
  return {
    name: 'platform',
    resolveId(id, importer) {
      if (there.has(id) || id.startsWith('org/')) return { id, external: true };
      if (!id.startsWith('lightning/') && !id.startsWith('@salesforce/i18n/')) return null;
      return this.error(`${importer ?? ''} imports ${id}, which the local org does not have`);
    },
  };
}

/**
 * Compiles the deployed components of an org in namespace `c`; with `sandboxed` for Lightning Web Security's sandbox.
 * Rejects with the compiler's own words, which name file and place.
 */
export async function buildComponents(sources: ComponentSources, sandboxed: boolean): Promise<CompiledComponents> {
  const used: UsedModules = { apex: new Set(), schema: new Set() };
  const exposed = sources.bundles.filter(({ isExposed }) => isExposed).map(({ name }) => name);
  const warnings: string[] = [];
  const bundle = await rollup({
    input: ENTRY,
    onLog(_level, { code, message }) {
      if (code !== 'CIRCULAR_DEPENDENCY' && code !== 'SOURCEMAP_ERROR') warnings.push(message);
    },
    plugins: [
      entry(exposed),
      platform(),
      salesforceModules(sources, used),
      componentModules(sources.bundles, sandboxed),
    ],
  });
  const { output } = await bundle.generate(
    sandboxed ? { format: 'amd', interop: 'compat', externalLiveBindings: false } : { format: 'esm' },
  );
  await bundle.close();
  const [{ code, imports }] = output as [OutputChunk];
  return { code, exposed, imports, apex: [...used.apex].sort(), schema: [...used.schema].sort(), warnings };
}
