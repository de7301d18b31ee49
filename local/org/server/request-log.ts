/** One request as the log keeps it: no header, no body, no query string. */
export interface LoggedRequest {
  /** Milliseconds since 1970 on the org's clock. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** 0 when the connection was cut. */
  readonly status: number;
  readonly milliseconds: number;
}

export interface RequestStats {
  readonly requests: number;
  readonly byStatus: Readonly<Record<string, number>>;
  /** By method and the kind of resource: `GET query`, `POST composite/sobjects`. */
  readonly byResource: Readonly<Record<string, number>>;
}

export interface RequestLog {
  add(request: LoggedRequest): void;
  last(count: number): readonly LoggedRequest[];
  stats(): RequestStats;
}

const KEPT = 10_000;

/** Path without version, IDs and names: what kind of call it was. */
function resourceOf(path: string): string {
  const parts = path
    .replace(/^\/services\/data\/v\d+\.\d\//, '')
    .split('/')
    .filter((part) => part !== '');
  const depth = parts[0] === 'jobs' || parts[0] === 'composite' || parts[0] === 'services' ? 2 : 1;
  return parts.slice(0, depth).join('/');
}

export function createRequestLog(): RequestLog {
  let kept: LoggedRequest[] = [];
  let requests = 0;
  const byStatus: Record<string, number> = {};
  const byResource: Record<string, number> = {};
  return {
    add(request) {
      requests += 1;
      byStatus[request.status] = (byStatus[request.status] ?? 0) + 1;
      const resource = `${request.method} ${resourceOf(request.path)}`;
      byResource[resource] = (byResource[resource] ?? 0) + 1;
      kept.push(request);
      if (kept.length > 2 * KEPT) kept = kept.slice(-KEPT);
    },
    last: (count) => kept.slice(-Math.min(count, KEPT)),
    stats: () => ({ requests, byStatus: { ...byStatus }, byResource: { ...byResource } }),
  };
}
