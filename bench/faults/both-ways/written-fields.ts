/** Paths by which records of business objects are written, and not the control plane's. */
const ingest = /^\/services\/data\/v[\d.]+\/jobs\/ingest/;
const ownField = /^Pendo_\w+__c$/;
const allowed: ReadonlySet<string> = new Set(['attributes', 'Id', 'id']);

/** Watches every request that writes accounts of the org: each field it carries must be one of Pendo's own (P-40). */
export class WrittenFields {
  readonly #foreign: string[] = [];
  /** Requests that wrote accounts. */
  requests = 0;

  /** One line for each field outside of the namespace. */
  get foreign(): readonly string[] {
    return this.#foreign;
  }

  see(method: string, path: string, body: string | undefined): void {
    if (body === undefined || body === '') return;
    if (ingest.test(path)) {
      if (!/^"?(Id|Pendo_)/.test(body)) return;
      this.#check(path, (body.split('\n', 1)[0] ?? '').replaceAll('"', '').split(','));
      return;
    }
    // Asks for records by their IDs.
    if (method === 'POST' && /\/composite\/sobjects\/\w/.test(path)) return;
    if (!/\/(composite|sobjects)\b/.test(path) || path.includes('/sobjects/Plumbline_')) return;
    for (const record of recordsOf(JSON.parse(body), /\/sobjects\/Account\b/.test(path)))
      this.#check(`${method} ${path}`, Object.keys(record));
  }

  #check(what: string, fields: readonly string[]): void {
    this.requests += 1;
    for (const field of fields)
      if (!allowed.has(field) && !ownField.test(field)) this.#foreign.push(`${what} carries ${field}`);
  }
}

/** Every account in a request's body, however deep. */
function recordsOf(value: unknown, isAccount: boolean): readonly object[] {
  if (typeof value !== 'object' || value === null) return [];
  if (isAccount && !Array.isArray(value)) return [value];
  const { attributes, url } = value as { readonly attributes?: { readonly type?: unknown }; readonly url?: unknown };
  if (attributes?.type === 'Account') return [value];
  const inAccount = typeof url === 'string' && /\/sobjects\/Account\b/.test(url);
  return Object.entries(value).flatMap(([name, inner]) => recordsOf(inner, inAccount && name === 'body'));
}
