import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import lwcPlugin from '@lwc/rollup-plugin';
import type { RollupLwcOptions } from '@lwc/rollup-plugin';
import { build } from 'esbuild';
import { rollup } from 'rollup';
import type { Plugin } from 'rollup';
import { baseModules, packageFolder, PROJECT } from './modules.ts';
import { environment, platformModules, settleEnvironment, spriteIcons } from './plugins.ts';

// Its types say that the function is a member of the module; it is the module.
const lwc = lwcPlugin as unknown as (options: RollupLwcOptions) => Plugin;

/** The base components are compiled for the newest API version that the compiler knows. */
const API_VERSION = 66;

/**
 * Builds the platform's side of the shell into a folder: the engine, the base components, the sandbox of Lightning Web
 * Security, each as a module of its own, and the synthetic shadow as a script. Takes 10 to 20 seconds.
 */
export async function buildVendor(folder: string): Promise<void> {
  const bundle = await rollup({
    input: { lwc: '@lwc/engine-dom', ...Object.fromEntries(baseModules().map((name) => [name, name])) },
    preserveEntrySignatures: 'strict',
    // Next to nothing of the packages is unused, and finding that takes a third of the time.
    treeshake: false,
    onLog(level, log, handler) {
      // Warnings about the code of packages are not ours to mend.
      const known = ['CIRCULAR_DEPENDENCY', 'MISSING_EXPORT', 'SOURCEMAP_ERROR'].includes(log.code ?? '');
      if (!known && log.plugin !== 'rollup-plugin-lwc-compiler') handler(level, log);
    },
    plugins: [
      platformModules(),
      spriteIcons(),
      environment(),
      lwc({
        rootDir: PROJECT,
        modules: [{ npm: 'lightning-base-components' }],
        // Never all of `@lwc`: the empty style sheets that components have without a file are there.
        exclude: ['**/node_modules/@lwc/engine-dom/**', '\0*'],
        enableDynamicComponents: true,
        experimentalDynamicDirective: true,
        enableLwcOn: true,
        // The combobox calls attachInternals(); the platform compiles its own components so.
        enableSyntheticElementInternals: true,
        apiVersion: API_VERSION,
      }),
    ],
  });
  await bundle.write({
    dir: folder,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
  });
  await bundle.close();
  mkdirSync(join(folder, '@locker'), { recursive: true });
  await build({
    entryPoints: ['@locker/sandbox'],
    absWorkingDir: PROJECT,
    bundle: true,
    format: 'esm',
    outfile: join(folder, '@locker/sandbox.js'),
    logLevel: 'error',
  });
  const shadow = readFileSync(join(packageFolder('@lwc/synthetic-shadow'), 'dist/index.js'), 'utf8');
  writeFileSync(join(folder, 'synthetic-shadow.js'), settleEnvironment(shadow)?.code ?? shadow);
}
