/** The access token of a request; empty when it has none. */
export function tokenOf(headers: Headers): string {
  return /^(?:Bearer|OAuth)\s+(.+)$/i.exec(headers.get('authorization') ?? '')?.[1] ?? '';
}
