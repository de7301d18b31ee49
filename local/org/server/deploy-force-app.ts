import { zipSourceFolder } from '../metadata/index.ts';

interface DeployMessage {
  readonly fileName: string;
  readonly fullName: string;
  readonly problem: string;
  readonly lineNumber?: number;
}

interface DeployAnswer {
  readonly id: string;
  readonly deployResult: {
    readonly done: boolean;
    readonly success: boolean;
    readonly errorMessage?: string;
    readonly details?: {
      readonly componentFailures: readonly DeployMessage[];
      readonly componentSuccesses: readonly Partial<DeployMessage>[];
    };
  };
}

/** Rounds of asking for the result; the org's own deploys take far less than a second. */
const MOST_POLLS = 600;

/**
 * Deploys a folder in source format into a listening org by the deploy call that clients make. Throws with each failed
 * component, its file and its line. Returns the warnings.
 */
export async function deployForceApp(
  instanceUrl: string,
  accessToken: string,
  folder: string,
): Promise<readonly string[]> {
  const headers = { authorization: `Bearer ${accessToken}` };
  const door = `${instanceUrl}/services/data/v66.0/metadata/deployRequest`;
  const form = new FormData();
  const options = { deployOptions: { rollbackOnError: true, testLevel: 'NoTestRun' } };
  form.append('entity_content', new Blob([JSON.stringify(options)], { type: 'application/json' }));
  form.append('file', new Blob([new Uint8Array(zipSourceFolder(folder))], { type: 'application/zip' }), 'package.zip');
  const started = await fetch(door, { method: 'POST', headers, body: form });
  if (started.status !== 201) throw new Error(`the local org refused the deploy of ${folder}: ${await started.text()}`);
  const { id } = (await started.json()) as DeployAnswer;
  for (let poll = 0; poll < MOST_POLLS; poll += 1) {
    const answer = await fetch(`${door}/${id}?includeDetails=true`, { headers });
    const { deployResult } = (await answer.json()) as DeployAnswer;
    if (!deployResult.done) continue;
    if (deployResult.success) {
      const warned = deployResult.details?.componentSuccesses ?? [];
      return warned.flatMap(({ fullName, problem }) => (problem === undefined ? [] : [`${fullName}: ${problem}`]));
    }
    const failures = deployResult.details?.componentFailures ?? [];
    const lines = failures.map(
      ({ fileName, fullName, problem, lineNumber }) => `  ${fileName}:${lineNumber ?? 1} ${fullName}: ${problem}`,
    );
    throw new Error(
      [`the deploy of ${folder} into the local org failed`, deployResult.errorMessage, ...lines]
        .filter(Boolean)
        .join('\n'),
    );
  }
  throw new Error(`the deploy of ${folder} into the local org did not end`);
}
