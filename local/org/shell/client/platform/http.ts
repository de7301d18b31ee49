/** A refusal of the org, in the shape in which pages get it: what is wrong is in `body`. */
export class OrgRefusal extends Error {
  readonly ok = false;
  readonly errorType = 'fetchResponse';
  readonly status: number;
  readonly statusText: string;
  readonly body: unknown;

  constructor(status: number, statusText: string, body: unknown) {
    super(messageOf(body) ?? `The local org answered ${status}`);
    this.status = status;
    this.statusText = statusText;
    this.body = body;
  }
}

/** The first message in a body, whatever resource it came from. */
export function messageOf(body: unknown): string | undefined {
  const first: unknown = Array.isArray(body) ? body[0] : body;
  if (typeof first !== 'object' || first === null || !('message' in first)) return undefined;
  return typeof first.message === 'string' ? first.message : undefined;
}

/**
 * Calls the org as the page's user; `path` is below `/lightning/api`. Throws `OrgRefusal`. A session that has ended
 * leads to the login page.
 */
export async function callOrg<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(`/lightning/api${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const answer: unknown = text === '' ? undefined : JSON.parse(text);
  if (response.ok) return answer as Answer;
  if (response.status === 401) location.assign(`/lightning/login?from=${encodeURIComponent(location.pathname)}`);
  throw new OrgRefusal(response.status, response.statusText, answer);
}
