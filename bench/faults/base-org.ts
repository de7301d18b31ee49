import { fileURLToPath } from 'node:url';
import { createLocalOrg, type LocalOrg } from '../../local/org/index.ts';
import { VirtualClock } from '../../scripts/engine/testing/index.ts';

const forceApp = fileURLToPath(new URL('../../force-app', import.meta.url));
let base: LocalOrg | undefined;

/** A new org with the package deployed; the deploy is done once in a process. */
export function forkOrg(clock: VirtualClock, seed: number): LocalOrg {
  base ??= deployed();
  return base.fork({ clock, seed });
}

function deployed(): LocalOrg {
  const org = createLocalOrg({ clock: new VirtualClock(), seed: 1 });
  const { success, details } = org.deployPackage(forceApp);
  if (!success) throw new Error(`The package cannot be deployed: ${JSON.stringify(details.componentFailures)}`);
  org.assignPermissionSet('Plumbline_Admin', org.core.adminUserId);
  org.assignPermissionSet('Plumbline_Integration_User', org.core.integrationUserId);
  return org;
}
