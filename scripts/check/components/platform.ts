import { compile } from '@lwc/sfdc-lwc-compiler';
import type { Bundle } from './bundles.ts';

/** What the platform's compiler says of one bundle. */
export interface Compiled {
  readonly problems: readonly string[];
}

/**
 * Compiles a bundle by the compiler that an org runs when it is saved, its server-side lint and the transforms of
 * Lightning Web Security included, minified and not.
 */
export async function compileAsPlatform({ name, files }: Bundle): Promise<Compiled> {
  if (files[`${name}.js`] === undefined) return { problems: [`${name}: has no ${name}.ts`] };
  const apiVersion = Number(/<apiVersion>(\d+)/.exec(files[`${name}.js-meta.xml`] ?? '')?.[1]);
  if (Number.isNaN(apiVersion)) return { problems: [`${name}/${name}.js-meta.xml: tells no apiVersion`] };
  const sources = Object.entries(files).filter(([file]) => !file.endsWith('.xml'));
  const { success, diagnostics } = await compile({
    bundle: {
      type: 'platform',
      namespace: 'c',
      name,
      files: Object.fromEntries(sources),
      options: {
        apiVersion,
        disableCustomWireAdapters: true,
        dynamicImport: 'stringLiteralOnly',
        enableLightningWebSecurityTransforms: true,
      },
    },
    compilerConfigs: [{ outputConfig: { minify: false } }, { outputConfig: { minify: true } }],
  });
  const problems = diagnostics.map(
    ({ message, filename, location }) => `${name}/${filename ?? name}:${location?.line ?? 1}: ${message}`,
  );
  if (!success && problems.length === 0) problems.push(`${name}: refused without a reason`);
  return { problems };
}
