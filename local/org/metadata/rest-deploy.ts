import type { DeployOptions, DeployResult } from './deploy-result.ts';
import type { Deployments } from './deployments.ts';
import { OrgError } from '../core/index.ts';
import { isRecord, methodNotAllowed, notFound, readJsonObject, textOf } from '../http/index.ts';
import type { RestAnswer, RestCall } from '../http/index.ts';

function readOptions(value: unknown): DeployOptions {
  const options = isRecord(value) ? value : {};
  const flag = (name: string): boolean => options[name] === true || options[name] === 'true';
  const runTests = options['runTests'];
  return {
    checkOnly: flag('checkOnly'),
    rollbackOnError: flag('rollbackOnError'),
    ignoreWarnings: flag('ignoreWarnings'),
    testLevel: typeof options['testLevel'] === 'string' ? options['testLevel'] : undefined,
    runTests: Array.isArray(runTests) ? runTests.map(String) : [],
  };
}

function resultJson(result: DeployResult, includeDetails: boolean): Record<string, unknown> {
  const { details, ...rest } = result;
  return includeDetails ? { ...rest, details: { ...details, allComponentMessages: [] } } : rest;
}

/**
 * Answers `…/metadata/deployRequest` and below. `readForm` reads the multipart body of a new deploy: the options as
 * JSON in `entity_content` (or `json`), the zip in `file`.
 */
export async function answerDeployRequest(
  deployments: Deployments,
  call: Omit<RestCall, 'dml'>,
  readForm: () => Promise<FormData>,
): Promise<RestAnswer> {
  const [, resource, id] = call.segments;
  if (resource !== 'deployRequest') throw notFound();
  if (id !== undefined) {
    if (call.method === 'PATCH') {
      deployments.cancel(id);
    } else if (call.method !== 'GET') {
      throw methodNotAllowed(call.method, 'GET, PATCH');
    }
    const result = deployments.status(id);
    const details = call.query.get('includeDetails') === 'true';
    return { status: call.method === 'PATCH' ? 202 : 200, body: { id, deployResult: resultJson(result, details) } };
  }
  if (call.method !== 'POST') throw methodNotAllowed(call.method, 'POST');
  const { userId } = call.session;
  const type = call.headers.get('content-type') ?? '';
  if (!/^multipart\/form-data\b/i.test(type)) {
    const started = deployments.startValidated(textOf(readJsonObject(call)['validatedDeployRequestId']), userId);
    return {
      status: 201,
      body: { id: started, validatedDeployRequestId: readJsonObject(call)['validatedDeployRequestId'] },
    };
  }
  const form = await readForm();
  const file = form.get('file');
  if (!(file instanceof Blob))
    throw new OrgError(400, 'INVALID_MULTIPART_REQUEST', 'The part "file" with the zip is missing');
  const said = form.get('entity_content') ?? form.get('json');
  const text = said instanceof Blob ? await said.text() : (said ?? '{}');
  const entity: unknown = JSON.parse(text);
  const options = readOptions(isRecord(entity) ? entity['deployOptions'] : undefined);
  const started = deployments.start(new Uint8Array(await file.arrayBuffer()), options, userId);
  return {
    status: 201,
    body: { id: started, deployResult: resultJson(deployments.status(started), false), deployOptions: options },
  };
}
