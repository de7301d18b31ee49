import { stripTypeScriptTypes } from 'node:module';

/** A script of a Lightning web component in TypeScript: a module of its bundle, no test and no declarations. */
const SCRIPT = /^(lwc\/[^/]+\/(?!__)(?:[^/]+\/)*[^/]+)(?<!\.d)\.ts$/;

/**
 * The JavaScript that is deployed in place of a component's TypeScript: orgs take no `.ts`. Types are erasable there,
 * so they are blanked out and every other character, decorators included, stays where it is. Undefined for a path that
 * is no such script. Throws a `SyntaxError` of TypeScript for what cannot be erased.
 */
export function deployedScript(path: string, source: string): { path: string; source: string } | undefined {
  const name = SCRIPT.exec(path)?.[1];
  return name === undefined ? undefined : { path: `${name}.js`, source: stripTypeScriptTypes(source) };
}
