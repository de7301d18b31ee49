import type { Session } from './target/index.ts';

/** The answer to one request, read in full. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; throws when it is none. */
  json<T>(): T;
}

export interface CallOptions {
  /** Sent as JSON, text as it is, a form as multipart. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends requests to one org. */
export interface Caller {
  /** A path below `/services/data/vNN.N`, as the session's user. */
  readonly call: (method: string, path: string, options?: CallOptions) => Promise<Answer>;
  /** Any path of the org, without credentials of its own. */
  readonly raw: (method: string, path: string, options?: CallOptions) => Promise<Answer>;
}

function bodyOf(body: unknown): { body?: string | FormData; type?: string } {
  if (body === undefined) return {};
  if (body instanceof FormData) return { body };
  return { body: typeof body === 'string' ? body : JSON.stringify(body), type: 'application/json' };
}

/** A caller over `fetch`. Redirects are answers here, not followed. */
export function createCaller(session: Session): Caller {
  const raw: Caller['raw'] = async (method, path, options = {}) => {
    const { body, type } = bodyOf(options.body);
    const headers = { ...(type === undefined ? {} : { 'content-type': type }), ...options.headers };
    const url = session.instanceUrl + path;
    const response = await fetch(url, { method, headers, redirect: 'manual', ...(body === undefined ? {} : { body }) });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      json<T>() {
        try {
          return JSON.parse(text) as T;
        } catch {
          throw new Error(`${method} ${path} answered ${response.status} with no JSON: ${text.slice(0, 200)}`);
        }
      },
    };
  };
  return {
    raw,
    call: (method, path, options = {}) =>
      raw(method, `/services/data/v${session.apiVersion}${path}`, {
        ...options,
        headers: { authorization: `Bearer ${session.accessToken}`, ...options.headers },
      }),
  };
}
