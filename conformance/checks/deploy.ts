import { strToU8, zipSync } from 'fflate';
import { CouldNotCheck, guide } from '../check.ts';
import type { Check, Trial } from '../check.ts';
import { expectEqual, expectStatus, expectTrue } from './expect.ts';

interface DeployResult {
  readonly done: boolean;
  readonly success: boolean;
  readonly status: string;
  readonly checkOnly: boolean;
  readonly details?: {
    readonly componentFailures?: readonly {
      readonly fullName: string;
      readonly fileName: string;
      readonly problem: string;
      readonly problemType: string;
      readonly lineNumber: number;
    }[];
  };
}

const field = 'PlumblineConformance__c';

/** A package with one field of Account, whose type element holds `type`. */
function packageOf(type: string, version: string): Uint8Array<ArrayBuffer> {
  const object = `<?xml version="1.0" encoding="UTF-8"?>
<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata">
  <fields>
    <fullName>${field}</fullName>
    <label>Plumbline Conformance</label>
    <length>20</length>
    <type>${type}</type>
  </fields>
</CustomObject>
`;
  const manifest = `<?xml version="1.0" encoding="UTF-8"?>
<Package xmlns="http://soap.sforce.com/2006/04/metadata">
  <types><members>Account.${field}</members><name>CustomField</name></types>
  <version>${version}</version>
</Package>
`;
  const files = { 'package.xml': strToU8(manifest), 'objects/Account.object': strToU8(object) };
  return new Uint8Array(zipSync(files));
}

/** Validates a package without deploying it; waits for the end. */
async function validate(trial: Trial, zip: Uint8Array<ArrayBuffer>): Promise<DeployResult> {
  const form = new FormData();
  const deployOptions = { checkOnly: true, rollbackOnError: true, singlePackage: true, testLevel: 'NoTestRun' };
  form.append('json', new Blob([JSON.stringify({ deployOptions })], { type: 'application/json' }));
  form.append('file', new Blob([zip], { type: 'application/zip' }), 'deploy.zip');
  const started = await trial.call('POST', '/metadata/deployRequest', { body: form });
  if (started.status === 403) throw new CouldNotCheck('The user may not deploy metadata here.');
  expectStatus(started, 201, 'deployRequest');
  const { id } = started.json<{ id: string }>();
  for (let pause = 50; ; pause = Math.min(5000, pause * 2)) {
    const answer = await trial.call('GET', `/metadata/deployRequest/${id}?includeDetails=true`);
    expectStatus(answer, 200, 'report');
    const { deployResult } = answer.json<{ deployResult: DeployResult }>();
    if (deployResult.done) return deployResult;
    await trial.wait(pause);
  }
}

async function fieldIsThere({ call }: Trial): Promise<boolean> {
  const { fields } = (await call('GET', '/sobjects/Account/describe')).json<{ fields: { name: string }[] }>();
  return fields.some(({ name }) => name === field);
}

/** Validation of metadata; nothing is ever deployed. */
export const deployChecks: readonly Check[] = [
  {
    id: 'DEPLOY-01',
    title: 'checkOnly of a good package succeeds and changes nothing',
    source: guide('metadata', 'meta_rest_deploy'),
    async run(trial) {
      const result = await validate(trial, packageOf('Text', trial.session.apiVersion));
      expectEqual([result.status, result.success, result.checkOnly], ['Succeeded', true, true], 'result');
      expectEqual(await fieldIsThere(trial), false, 'the field is there after a validation');
    },
  },
  {
    id: 'DEPLOY-02',
    title: 'A planted mistake fails with the component, its file and its problem',
    source: guide('metadata', 'meta_rest_deploy_checkstatus'),
    async run(trial) {
      const result = await validate(trial, packageOf('Nonsense', trial.session.apiVersion));
      expectEqual([result.status, result.success], ['Failed', false], 'result');
      const [failure] = result.details?.componentFailures ?? [];
      expectEqual([failure?.fileName, failure?.problemType], ['objects/Account.object', 'Error'], 'file and kind');
      expectTrue(
        failure?.problem.includes('Nonsense') === true,
        `problem names it, got ${failure?.problem ?? 'nothing'}`,
      );
      expectTrue((failure?.lineNumber ?? 0) >= 1, `line, got ${failure?.lineNumber ?? 'nothing'}`);
    },
  },
];
