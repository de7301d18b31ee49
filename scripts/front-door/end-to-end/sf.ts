import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import type { Org } from '../main-job.ts';

const sfEntry = resolve('node_modules/@salesforce/cli/bin/run.js');

/** Runs a command of the sf CLI with `--json` and returns its result; throws with what sf printed when it failed. */
export type RunSf = <Result>(words: readonly string[], environment?: NodeJS.ProcessEnv) => Promise<Result>;

/** The sf CLI with a home folder of its own, in the folder of an sf project, logged in to the org as its admin. */
export async function loginWithSf(org: Org, home: string, project: string): Promise<RunSf> {
  const run: RunSf = (words, environment = {}) => {
    const env = {
      PATH: process.env['PATH'],
      HOME: home,
      SF_DISABLE_TELEMETRY: 'true',
      SF_AUTOUPDATE_DISABLE: 'true',
      SF_SKIP_NEW_VERSION_CHECK: 'true',
      SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
      ...environment,
    };
    const options = { cwd: project, env, maxBuffer: 64 * 1024 * 1024 };
    return new Promise((done, fail) => {
      execFile(process.execPath, [sfEntry, ...words, '--json'], options, (error, stdout, stderr) => {
        if (error === null) done((JSON.parse(stdout) as { result: never }).result);
        else fail(new Error(`sf ${words.join(' ')}: ${stdout}${stderr}`, { cause: error }));
      });
    });
  };
  await run(['org', 'login', 'access-token', '--instance-url', org.instanceUrl, '--no-prompt', '--set-default'], {
    SF_ACCESS_TOKEN: org.accessToken,
  });
  return run;
}
