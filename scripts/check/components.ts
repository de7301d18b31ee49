/**
 * `npm run check` runs this: the Lightning web components of the package. Writes the JavaScript that an org takes beside
 * their TypeScript, has it accepted by the platform's own compiler, and finds what they name and is not there. Exit 1 on
 * a mistake.
 */
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  checkBaseComponents,
  checkIcons,
  checkReferences,
  compileAsPlatform,
  readBundles,
} from './components/index.ts';

const project = fileURLToPath(new URL('../../force-app/main/default', import.meta.url));
const folder = join(project, 'lwc');
const bundles = readBundles(folder);
for (const { name, files } of bundles) {
  for (const [file, content] of Object.entries(files)) {
    if (!file.endsWith('.js')) continue;
    const path = join(folder, name, file);
    // Another process may be reading it, to deploy it.
    if (!existsSync(path) || readFileSync(path, 'utf8') !== content) writeFileSync(path, content);
  }
}

const read = (pattern: string): readonly (readonly [file: string, content: string])[] =>
  globSync(pattern, { cwd: project }).map((file) => [file, readFileSync(join(project, file), 'utf8')]);
const auraEnabled = /@AuraEnabled(?:\([^)]*\))?\s+(?:@\w+\s+)*(?:public|global)\s+static\s+[\w<>., ]+?\s+(\w+)\s*\(/gi;
const surroundings = {
  labels: new Set(
    read('labels/*.labels-meta.xml').flatMap(([, xml]) =>
      [...xml.matchAll(/<fullName>(.*?)<\/fullName>/g)].map(([, name = '']) => name),
    ),
  ),
  apexMethods: new Set(
    read('classes/**/*.cls').flatMap(([file, source]) =>
      [...source.matchAll(auraEnabled)].map(([, method = '']) => `${basename(file, '.cls')}.${method}`),
    ),
  ),
  customPermissions: new Set(
    read('customPermissions/*.xml').map(([file]) => basename(file, '.customPermission-meta.xml')),
  ),
};

const problems = [...checkReferences(bundles, surroundings), ...checkBaseComponents(bundles), ...checkIcons(bundles)];
for (const bundle of bundles) problems.push(...(await compileAsPlatform(bundle)).problems);
for (const problem of problems) console.error(`force-app/main/default/lwc/${problem}`);
console.log(`${bundles.length} components, ${problems.length} ${problems.length === 1 ? 'mistake' : 'mistakes'}`);
process.exitCode = problems.length === 0 ? 0 : 1;
