import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { generate } from 'selfsigned';
import { createLocalOrg, listen } from '../index.ts';
import type { ListeningOrg, LocalOrg } from '../index.ts';

const SF = fileURLToPath(new URL('../../../node_modules/@salesforce/cli/bin/run.js', import.meta.url));
const FIXTURE = fileURLToPath(new URL('./fixtures/easy-spaces', import.meta.url));
const FIELD = 'force-app/main/default/objects/Contact/fields/Reservation_Status__c.field-meta.xml';

interface Answer {
  readonly status: number;
  readonly message?: string;
  // What sf prints differs from command to command; each test checks the parts it reads.
  readonly result: never;
}

/** The sf CLI with a home of its own, in a copy of the fixture project. */
describe('the sf CLI against the local org', () => {
  let org: LocalOrg;
  let http: ListeningOrg;
  let home: string;
  let project: string;

  function sf(args: readonly string[], more: Record<string, string> = {}): Promise<Answer> {
    const env = {
      PATH: process.env['PATH'] ?? '',
      HOME: home,
      SF_DISABLE_TELEMETRY: 'true',
      SF_AUTOUPDATE_DISABLE: 'true',
      SF_SKIP_NEW_VERSION_CHECK: 'true',
      SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
      ...more,
    };
    return new Promise((resolve, reject) => {
      const options = { cwd: project, env, maxBuffer: 64 * 1024 * 1024 };
      execFile(process.execPath, [SF, ...args, '--json'], options, (error, stdout, stderr) => {
        try {
          resolve(JSON.parse(stdout) as Answer);
        } catch (parseError) {
          reject(new Error(`sf ${args.join(' ')} printed no JSON: ${stdout}${stderr}`, { cause: error ?? parseError }));
        }
      });
    });
  }

  async function done<T>(args: readonly string[], more?: Record<string, string>): Promise<T> {
    const answer = await sf(args, more);
    assert.equal(answer.status, 0, `sf ${args.join(' ')}: ${JSON.stringify(answer)}`);
    return answer.result;
  }

  before(async () => {
    org = createLocalOrg({ resultPageRows: 40 });
    http = await listen(org, 0);
    const root = mkdtempSync(join(tmpdir(), 'plumbline-sf-'));
    home = join(root, 'home');
    project = join(root, 'project');
    mkdirSync(home);
    cpSync(FIXTURE, project, { recursive: true });
    await done(
      [
        'org',
        'login',
        'access-token',
        '--instance-url',
        http.instanceUrl,
        '--no-prompt',
        '--alias',
        'local',
        '--set-default',
      ],
      {
        SF_ACCESS_TOKEN: org.issueToken(org.core.adminUserId),
      },
    );
  });
  after(async () => {
    await http.close();
    rmSync(join(project, '..'), { recursive: true, force: true });
  });

  test('org login access-token, org display: the org is neither a Dev Hub nor a scratch org', async () => {
    const shown = await done<{ username: string; id: string; connectedStatus: string }>(['org', 'display']);
    assert.equal(shown.username, 'admin@plumbline.local');
    assert.equal(shown.id.slice(0, 15), org.core.id.slice(0, 15));
    assert.equal(shown.connectedStatus, 'Connected');
  });

  test('project deploy start with a planted mistake names file and line, and rolls back', async () => {
    const right = readFileSync(join(project, FIELD), 'utf8');
    writeFileSync(join(project, FIELD), right.replaceAll('label>', 'labell>').replace('<labell>', '\n    <labell>'));
    const answer = await sf(['project', 'deploy', 'start', '--source-dir', 'force-app']);
    assert.equal(answer.status, 1);
    const { files } = answer.result as {
      files: { filePath: string; error?: string; lineNumber?: number; fullName: string }[];
    };
    const failure = files.find(({ error }) => error !== undefined);
    assert.match(failure?.error ?? '', /labell invalid at this location in type CustomField/);
    assert.equal(failure?.fullName, 'Contact.Reservation_Status__c');
    assert.ok((failure?.lineNumber ?? 0) > 1);
    assert.match(failure?.filePath ?? '', /Reservation_Status__c\.field-meta\.xml$|Contact\.object/);
    assert.equal(org.core.schema.object('Contact')?.fields.has('Ext__c'), false);
    writeFileSync(join(project, FIELD), right);
  });

  test('project deploy validate, then start over SOAP, then over REST', async () => {
    type Deployed = { success: boolean; numberComponentsDeployed: number; files: { state: string }[] };
    const validated = await done<Deployed>(['project', 'deploy', 'validate', '--source-dir', 'force-app']);
    assert.equal(validated.success, true);
    assert.equal(org.core.schema.object('Contact')?.fields.has('Ext__c'), false);
    const soap = await done<Deployed>(['project', 'deploy', 'start', '--source-dir', 'force-app']);
    assert.equal(soap.numberComponentsDeployed, 3);
    assert.equal(org.core.schema.object('Contact')?.fields.has('Reservation_Status__c'), true);
    const rest = await done<Deployed>(['project', 'deploy', 'start', '--source-dir', 'force-app'], {
      SF_ORG_METADATA_REST_DEPLOY: 'true',
    });
    assert.deepEqual(new Set(rest.files.map(({ state }) => state)), new Set(['Unchanged']));
  });

  test('project deploy preview lists what would be deployed, and deploys nothing', async () => {
    const before = org.stats().byResource['POST services/Soap'] ?? 0;
    const { toDeploy } = await done<{ toDeploy: readonly { readonly fullName: string; readonly type: string }[] }>([
      'project',
      'deploy',
      'preview',
      '--source-dir',
      'force-app',
      // The org tracks no source, as production does not.
      '--ignore-conflicts',
    ]);
    assert.ok(toDeploy.some(({ type }) => type === 'CustomObject' || type === 'CustomField'));
    assert.equal(org.stats().byResource['POST services/Soap'] ?? 0, before);
  });

  test('org list metadata and project retrieve start bring back what was deployed', async () => {
    const listed = await done<{ fullName: string }[]>(['org', 'list', 'metadata', '--metadata-type', 'CustomField']);
    assert.deepEqual(listed.map(({ fullName }) => fullName).sort(), [
      'Contact.Ext__c',
      'Contact.Reservation_Status__c',
    ]);
    rmSync(join(project, FIELD));
    await done([
      'project',
      'retrieve',
      'start',
      '--metadata',
      'CustomField:Contact.Reservation_Status__c',
      '--metadata',
      'PermissionSet:Reservations',
    ]);
    assert.equal(readFileSync(join(project, FIELD), 'utf8'), readFileSync(join(FIXTURE, FIELD), 'utf8'));
  });

  test('org assign permset', async () => {
    const assigned = await done<{ successes: { value: string }[] }>([
      'org',
      'assign',
      'permset',
      '--name',
      'Reservations',
    ]);
    assert.equal(assigned.successes[0]?.value, 'Reservations');
  });

  test('data import tree: accounts, contacts with their account, leads', async () => {
    const imported = await done<unknown[]>(['data', 'import', 'tree', '--plan', 'data/plan.json']);
    assert.equal(imported.length, 35);
    const soql = "SELECT LastName, Account.Name FROM Contact WHERE Reservation_Status__c = 'Draft' ORDER BY LastName";
    type Rows = { totalSize: number; records: { LastName: string; Account: { Name: string } }[] };
    const read = await done<Rows>(['data', 'query', '--query', soql]);
    assert.equal(read.totalSize, 2);
    assert.ok(
      read.records.some(
        ({ LastName, Account }) => LastName === 'Rayer' && Account.Name === 'Thompson, Skidmore and Smith',
      ),
    );
  });

  test('data create, get and update record', async () => {
    const made = await done<{ id: string }>([
      'data',
      'create',
      'record',
      '--sobject',
      'Lead',
      '--values',
      "LastName='Van Dam' Company=Acme",
    ]);
    await done(['data', 'update', 'record', '--sobject', 'Lead', '--record-id', made.id, '--values', 'Title=Boss']);
    const read = await done<{ Title: string; LastName: string }>([
      'data',
      'get',
      'record',
      '--sobject',
      'Lead',
      '--record-id',
      made.id,
    ]);
    assert.deepEqual([read.LastName, read.Title], ['Van Dam', 'Boss']);
  });

  test('data import bulk, upsert bulk and export bulk over several pages', async () => {
    const csv = (rows: readonly string[][]): string => rows.map((row) => row.join(',')).join('\n') + '\n';
    const people = Array.from({ length: 100 }, (_, index) => [`Bulk ${index}`, `ext-${index}`]);
    writeFileSync(join(project, 'import.csv'), csv([['LastName', 'Ext__c'], ...people]));
    type Imported = { processedRecords: number; successfulRecords: number; failedRecords: number };
    const imported = await done<Imported>([
      'data',
      'import',
      'bulk',
      '--file',
      'import.csv',
      '--sobject',
      'Contact',
      '--wait',
      '5',
      '--line-ending',
      'LF',
    ]);
    assert.equal(imported.successfulRecords, 100);
    const changed = people.map(([, ext = '']) => ['Changed', ext]);
    writeFileSync(join(project, 'upsert.csv'), csv([['LastName', 'Ext__c'], ...changed, ['New', 'ext-new']]));
    await done([
      'data',
      'upsert',
      'bulk',
      '--file',
      'upsert.csv',
      '--sobject',
      'Contact',
      '--external-id',
      'Ext__c',
      '--wait',
      '5',
      '--line-ending',
      'LF',
    ]);
    const soql = 'SELECT Ext__c, LastName FROM Contact WHERE Ext__c != null';
    await done([
      'data',
      'export',
      'bulk',
      '--query',
      soql,
      '--output-file',
      'export.csv',
      '--result-format',
      'csv',
      '--wait',
      '5',
    ]);
    const lines = readFileSync(join(project, 'export.csv'), 'utf8').trim().split('\n');
    assert.equal(lines.length, 102);
    assert.equal(lines.filter((line) => line.includes('Changed')).length, 100);
  });

  // Last, since sf forgets its default org when a login is refused.
  test('org login jwt: by the certificate of a registered app', async () => {
    const pair = await generate([{ name: 'commonName', value: 'app' }], {
      keyType: 'rsa',
      keySize: 2048,
      algorithm: 'sha256',
    });
    const keyFile = join(home, 'server.key');
    writeFileSync(keyFile, pair.private);
    org.registerApp({
      clientId: 'plumbline-app',
      certificatePem: pair.cert,
      preAuthorisedUserIds: [org.core.integrationUserId],
    });
    const login = [
      'org',
      'login',
      'jwt',
      '--client-id',
      'plumbline-app',
      '--jwt-key-file',
      keyFile,
      '--instance-url',
      http.instanceUrl,
    ];
    const user = await done<{ username: string }>([...login, '--username', 'integration@plumbline.local']);
    assert.equal(user.username, 'integration@plumbline.local');
    const refused = await sf([...login, '--username', 'admin@plumbline.local']);
    assert.match(refused.message ?? '', /user hasn't approved this consumer/);
  });
});
