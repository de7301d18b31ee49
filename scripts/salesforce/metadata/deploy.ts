import { zipSync } from 'fflate';
import { z } from 'zod';
import { RetryError, SettingsError, type Clock } from '../../engine/index.ts';
import { apiVersion, bodyText, type Channel } from '../connection/index.ts';

const path = `/services/data/v${apiVersion}/metadata/deployRequest`;
const lookMilliseconds = 1_000;
/** A deploy of some fields takes seconds; an org that does more at once lets it wait. */
const mostMilliseconds = 600_000;

const failure = z.looseObject({
  componentType: z.string().nullish(),
  fullName: z.string(),
  problem: z.string().nullish(),
});
const state = z.looseObject({
  id: z.string(),
  deployResult: z.looseObject({
    done: z.boolean(),
    success: z.boolean(),
    status: z.string().optional(),
    errorMessage: z.string().nullish(),
    details: z.looseObject({ componentFailures: z.array(failure).nullish() }).nullish(),
  }),
});

export interface DeployOptions {
  /** Only find out whether it would work. */
  readonly checkOnly: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Deploys a folder in metadata format, whole or not at all (REST API, `metadata/deployRequest`). Whoever is logged in
 * needs the right to customise. Throws `SettingsError` that names each component that the org refuses.
 */
export async function deployFiles(
  channel: Channel,
  clock: Clock,
  files: ReadonlyMap<string, string>,
  { checkOnly, signal }: DeployOptions,
): Promise<{ readonly id: string }> {
  const deployOptions = { checkOnly, rollbackOnError: true, singlePackage: true };
  const form = new FormData();
  form.set('json', new Blob([JSON.stringify({ deployOptions })], { type: 'application/json' }));
  form.set('file', new Blob([zipped(files)], { type: 'application/zip' }), 'package.zip');
  // Read once, so that the same bytes can be sent again under a new session.
  const encoded = new Response(form);
  const type = encoded.headers.get('content-type') ?? 'multipart/form-data';
  const body = new Uint8Array(await encoded.arrayBuffer());
  const doing = 'the deploy of fields';
  const headers = { 'content-type': type };
  const { response } = await channel.send({ method: 'POST', path, headers, body, doing });
  const started = z.looseObject({ id: z.string() }).safeParse(jsonOf(await bodyText(response, doing)));
  if (!started.success) throw new RetryError('The answer to the deploy of fields names no deploy.', []);
  const { id } = started.data;
  for (const until = clock.now() + mostMilliseconds; clock.now() < until;) {
    const look = await channel.send({ method: 'GET', path: `${path}/${id}?includeDetails=true`, doing });
    const read = state.safeParse(jsonOf(await bodyText(look.response, doing)));
    if (!read.success) throw new RetryError('The answer to how the deploy of fields goes does not tell.', []);
    const { done, success, errorMessage, details, status } = read.data.deployResult;
    if (done && success) return { id };
    if (done) throw refused(details?.componentFailures ?? [], errorMessage ?? status ?? 'no reason given');
    await clock.sleep(lookMilliseconds, signal);
  }
  throw new RetryError(`The deploy ${id} is not done after ${mostMilliseconds / 60_000} minutes; it goes on.`, [
    'See how it goes in Setup, Deployment Status.',
  ]);
}

function zipped(files: ReadonlyMap<string, string>): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  // The same files are the same bytes.
  const options = { mtime: new Date(1980, 0, 1) };
  return new Uint8Array(
    zipSync(Object.fromEntries(Array.from(files, ([name, text]) => [name, [encoder.encode(text), options]]))),
  );
}

function refused(failures: readonly z.infer<typeof failure>[], otherwise: string): SettingsError {
  const lines = failures.map(({ componentType, fullName, problem }) =>
    `  ${componentType ?? ''} ${fullName}: ${problem ?? 'no reason given'}`.replace(/^ +/, '  '),
  );
  const what = lines.length === 0 ? ` ${otherwise}` : `\n${lines.join('\n')}`;
  return new SettingsError(`The org refused the deploy, so nothing of it was made:${what}`, [
    'Mend what it names, or write the files with plumbline fields download and have an admin look at them.',
  ]);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A web page, or cut off: what it says is not an answer.
    return undefined;
  }
}
