import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLocalOrg, type LocalOrg } from '../../local/org/index.ts';
import { VirtualClock } from '../../scripts/engine/testing/index.ts';

const forceApp = fileURLToPath(new URL('../../force-app/main/default', import.meta.url));
/** What a worker meets of the package; pages and Apex serve people. */
const met = ['objects', 'customPermissions', 'platformEventChannelMembers', 'permissionsets'];
const rightsToTheRest = /<(classAccesses|tabSettings|applicationVisibilities)>.*?<\/\1>\s*/gs;
const deployedOrg = baseOrg();

/** A new org with the package's objects and rights; the deploy is done once in a process. */
export function forkOrg(clock: VirtualClock, seed: number): LocalOrg {
  return deployedOrg().fork({ clock, seed });
}

/** An org with the package and what `add` puts into its folder, deployed at the first call; permission sets by name. */
export function baseOrg(add: (folder: string) => void = () => undefined, sets: readonly string[] = []): () => LocalOrg {
  let base: LocalOrg | undefined;
  return () => (base ??= deployed(add, sets));
}

function deployed(add: (folder: string) => void, sets: readonly string[]): LocalOrg {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-faults-'));
  try {
    const org = createLocalOrg({ clock: new VirtualClock(), seed: 1 });
    const source = copyMet(folder);
    add(join(source, 'main/default'));
    const { success, details } = org.deployPackage(source);
    if (!success) throw new Error(`The package cannot be deployed: ${JSON.stringify(details.componentFailures)}`);
    org.assignPermissionSet('Plumbline_Admin', org.core.adminUserId);
    for (const name of ['Plumbline_Integration_User', ...sets])
      org.assignPermissionSet(name, org.core.integrationUserId);
    return org;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function copyMet(folder: string): string {
  const target = join(folder, 'force-app/main/default');
  for (const name of met) cpSync(join(forceApp, name), join(target, name), { recursive: true });
  const sets = join(target, 'permissionsets');
  for (const name of readdirSync(sets)) {
    const file = join(sets, name);
    writeFileSync(file, readFileSync(file, 'utf8').replace(rightsToTheRest, ''));
  }
  return join(folder, 'force-app');
}
