// `npm run local:org -- --port P [--empty] [--no-samples] [--rows N] [--edition E] [--feature F] --json`: a local org over
// HTTP and Pub/Sub, until SIGTERM or SIGINT, with sample accounts, N generated leads and features as a scratch org's
// definition names them. The first line on stdout tells where it is and how to log in.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createLocalOrg, listen } from './index.ts';
import { deployForceApp, loadGenerated, loadSamples } from './server/index.ts';
import { startPubSub } from './pubsub/index.ts';
import { createUser } from './shell/index.ts';

const { values } = parseArgs({
  allowNegative: true,
  options: {
    port: { type: 'string', default: '0' },
    empty: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    samples: { type: 'boolean', default: false },
    sandbox: { type: 'boolean', default: false },
    rows: { type: 'string', default: '0' },
    edition: { type: 'string', default: 'enterprise' },
    feature: { type: 'string', multiple: true, default: [] },
  },
});
const port = Number(values.port);
if (!Number.isInteger(port) || port < 0 || port > 65535)
  throw new Error(`--port must be 0 to 65535, not ${values.port}`);
const rows = Number(values.rows);
if (!Number.isInteger(rows) || rows < 0) throw new Error(`--rows must be a number of leads, not ${values.rows}`);
const { edition } = values;
if (edition !== 'developer' && edition !== 'enterprise' && edition !== 'unlimited')
  throw new Error(`--edition must be developer, enterprise or unlimited, not ${edition}`);

const org = createLocalOrg({ sandbox: values.sandbox, edition, features: values.feature });
const { core } = org;
const http = await listen(org, port);
const accessToken = org.issueToken(core.adminUserId);
if (!values.empty) {
  const folder = fileURLToPath(new URL('../../force-app', import.meta.url));
  const warnings = await deployForceApp(http.instanceUrl, accessToken, folder);
  // What an installing admin does by `sf org assign permset`: an org gives nobody the rights of a new package.
  org.assignPermissionSet('Plumbline_Admin', core.adminUserId);
  org.assignPermissionSet('Plumbline_Integration_User', core.integrationUserId);
  org.assignPermissionSet('Plumbline_Operator', createUser(core, 'Olga', 'Operator'));
  org.assignPermissionSet('Plumbline_Viewer', createUser(core, 'Vera', 'Viewer'));
  createUser(core, 'Sam', 'Seller');
  for (const warning of warnings) process.stderr.write(`local org: ${warning}\n`);
}
if (values.samples) loadSamples(core);
loadGenerated(core, rows);
const tlsDirectory = mkdtempSync(join(tmpdir(), 'plumbline-local-org-'));
const pubSub = await startPubSub(core, {
  bus: org.events,
  port: 0,
  tlsDirectory,
  authenticate: (token) => org.authenticate(token),
  clock: core.clock,
});
const { endpoint, caFile, instanceUrl } = pubSub;
org.setPubSub({ endpoint, caFile, instanceUrl });
http.secure(pubSub.certificate);

const admin = { userId: core.adminUserId, token: accessToken, origin: 'com/salesforce/api/rest/66.0' };
const user = core.prepare(`SELECT Username FROM User WHERE Id = '${core.adminUserId}'`, admin).run().rows[0];
const told = {
  pid: process.pid,
  instanceUrl: http.instanceUrl,
  accessToken,
  username: user?.values.get('Username'),
  orgId: core.id,
  pubsub: { endpoint, caFile, instanceUrl },
};
if (values.json) process.stdout.write(`${JSON.stringify(told)}\n`);
else process.stdout.write(`A local org (not Salesforce) is at ${told.instanceUrl}\n${JSON.stringify(told, null, 2)}\n`);

let ending = false;
function end(): void {
  if (ending) return;
  ending = true;
  void Promise.all([http.close(), pubSub.close()]).then(() => {
    rmSync(tlsDirectory, { recursive: true, force: true });
    process.exit(0);
  });
}
process.on('SIGTERM', end);
process.on('SIGINT', end);
